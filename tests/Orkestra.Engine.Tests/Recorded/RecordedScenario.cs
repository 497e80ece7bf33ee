using Orkestra.Engine.Signals;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>An execution to record.</summary>
sealed record RecordedScenario(string Name, string Definition, string Input = "{}")
{
    internal const string Activity = "arn:aws:states:us-east-1:000000000000:activity:work";

    /// <summary>Answers tasks; null when there are none.</summary>
    public Func<TaskInvocation, Recorder, ValueTask<TaskOutcome>>? Answer { get; init; }

    public ExecutionOptions Options { get; init; } = new();

    /// <summary>What happens to the execution: called before its time begins.</summary>
    public Action<Recorder>? Course { get; init; }

    /// <summary>Waits for what is to be recorded; for the end of the execution when null.</summary>
    public Func<Recorder, Task>? End { get; init; }

    /// <summary>Whether there are buckets to read from and to write to.</summary>
    public bool HasObjects { get; init; } = true;

    /// <summary>A signal added to what was stored; null for none.</summary>
    public ExecutionSignal? Added { get; init; }

    /// <summary>Other state machines, which tasks start.</summary>
    public (string Name, string Definition)[] Machines { get; init; } = [];
}
