using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Says why a run failed: the state, its input, the exception and the line of C#.</summary>
internal static class FailureReport
{
    const int LongestInput = 2000;

    public static void Write(WorkflowResult result, TextWriter to)
    {
        var name = result.Definition.Workflow.Name;
        var execution = result.Execution;
        if (execution.Status == ExecutionStatus.TimedOut)
        {
            to.WriteLine($"{name} took longer than its timeout of {result.Definition.Document.TimeoutSeconds} seconds.");
            return;
        }

        var failure = new Failure(execution.Error ?? "An error without a name", execution.Cause);
        to.WriteLine(failure.Message.Length == 0 ? $"{name} failed: {failure.Error}" : $"{name} failed: {failure.Error}: {failure.Message}");
        if (result.StepFailure is { } step && step.StateName != step.Step.Name) to.WriteLine($"  step   {step.Step.Name}");
        if (result.FailedState is { } state) to.WriteLine($"  {(result.StepFailure is null ? "state" : "step ")}  {state}");
        if (result.FailedInput is { } input) to.WriteLine($"  input  {Excerpt(input.ToJson())}");
        if (result.StepFailure is not { } thrown) return;
        // Without symbols the step's definition is the best there is.
        var place = SourcePlace.Of(thrown.Exception) ?? new SourcePlace(thrown.Step.SourceFile, thrown.Step.SourceLine);
        if (place.File.Length > 0)
        {
            to.WriteLine($"  at     {place}");
            if (Source(place) is { } source) to.WriteLine($"         {source}");
        }

        to.WriteLine();
        to.WriteLine(thrown.Exception.ToString());
    }

    static string? Source(SourcePlace place)
    {
        try
        {
            return File.Exists(place.File) ? File.ReadLines(place.File).ElementAtOrDefault(place.Line - 1)?.Trim() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string Excerpt(string json) => json.Length <= LongestInput ? json : $"{json.AsSpan(0, LongestInput)}… ({json.Length} characters)";
}
