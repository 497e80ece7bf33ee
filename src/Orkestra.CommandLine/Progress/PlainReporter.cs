using Orkestra.Engine;
using Orkestra.Hosting.Histories;

namespace Orkestra.CommandLine.Progress;

/// <summary>Writes a line when a state ends and when it is tried again: for logs and pipes.</summary>
internal sealed class PlainReporter(TextWriter to, string workflow) : IRunReporter
{
    // A Map over thousands of items is summarized by its own line.
    const int MostIterations = 20;

    readonly HistoryTree model = new();

    public void OnEvent(HistoryEvent happened)
    {
        var (visit, isRetry) = model.Apply(happened);
        if (happened.Type == HistoryEventType.ExecutionStarted) to.WriteLine(workflow);
        else if (happened.Type == HistoryEventType.ExecutionSucceeded) to.WriteLine($"{workflow} succeeded in {Duration.Text(model.Now - model.Started)}");
        else if (isRetry) Line(visit!, $"retry {visit!.Attempts - 1} after {visit.ErrorText}");
        else if (visit is { Ended: not null, IsOnlyAnEnd: false } && visit.Ended == model.Now && IsEnd(happened)) Line(visit, Outcome(visit));
    }

    public void Dispose() => to.Flush();

    void Line(StateVisit visit, string text)
    {
        var iteration = visit.Scope.Iteration;
        if (iteration >= MostIterations && visit.Status == StateStatus.Done) return;
        to.WriteLine($"{new string(' ', 2 * (visit.Depth + 1))}{visit.Name}{(iteration is null ? "" : $" [{iteration}]")}  {text}");
    }

    string Outcome(StateVisit visit)
    {
        var took = Duration.Text(visit.Took(model.Now));
        return visit.Status switch
        {
            StateStatus.Caught => $"caught {visit.ErrorText} ({took})",
            StateStatus.Failed => $"failed {visit.ErrorText} ({took})",
            StateStatus.Aborted => $"stopped ({took})",
            StateStatus.TimedOut => $"timed out ({took})",
            _ => took,
        };
    }

    static bool IsEnd(HistoryEvent happened) =>
        happened.Type.ToString() is var type && (type.EndsWith("StateExited", StringComparison.Ordinal) || type.EndsWith("StateAborted", StringComparison.Ordinal));
}
