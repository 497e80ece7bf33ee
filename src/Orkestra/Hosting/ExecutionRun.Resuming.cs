using Orkestra.Engine;

namespace Orkestra.Hosting;

// After a restart: what happened is applied again, and what was under way is asked for again.
internal sealed partial class ExecutionRun
{
    internal ValueTask<ExecutionResult> ResumeAsync(IReadOnlyList<ExecutionEvent> events)
    {
        BeginPump();
        Replay(events);
        RegisterTokens();
        Pump();
        return Completion();
    }

    void Replay(IReadOnlyList<ExecutionEvent> events)
    {
        var commands = 1000;
        foreach (var happened in events)
        {
            execution.Apply(happened);
            // What was done already does not pile up, and what the store keeps need not be kept here.
            if (execution.CommandCount <= commands) continue;
            execution.DropStaleCommands();
            commands = Math.Max(1000, execution.CommandCount * 2);
            if (runner.Store is { KeepsHistory: true }) execution.History.DropBefore(execution.History.Count);
        }

        saved = published = execution.History.Count;
        isResumed = runner.Store is not null;
        execution.DropStaleCommands();
    }
}
