using Orkestra.Engine.Signals;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Reading;

/// <summary>All that is stored of an execution.</summary>
internal sealed record StoredExecution(ExecutionRecord Record, IReadOnlyList<ExecutionSignal> Signals, IReadOnlyList<string> Tokens)
{
    /// <summary>What its steps logged and is kept, oldest first.</summary>
    internal IReadOnlyList<StepLogLine> StepLogs { get; init; } = [];
}
