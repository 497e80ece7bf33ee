using System.Reflection;

namespace Orkestra.CommandLine.Terminal;

/// <summary>What to say when a workflow's own code throws before anything runs: its constructor, its fields or its <c>Define()</c>.</summary>
internal static class CompositionFailure
{
    public static UsageException Of(Exception exception, string? workflow)
    {
        // What the runtime wraps around it says nothing.
        while (exception is TypeInitializationException or TargetInvocationException && exception.InnerException is { } inner) exception = inner;
        var what = workflow is null ? "The workflow cannot be made" : $"The workflow {workflow} cannot be composed";
        var place = SourcePlace.Of(exception) is { } line ? $", at {line}" : "";
        return new UsageException($"{what}{place}: {exception.GetType().Name}: {exception.Message}");
    }
}
