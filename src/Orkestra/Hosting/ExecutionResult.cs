using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>An execution that ended. Immutable: a redrive ends with another result.</summary>
public sealed class ExecutionResult : ExecutionSnapshot
{
    internal ExecutionResult(Execution execution)
        : base(execution)
    {
    }

    /// <summary>When the execution ended, UTC.</summary>
    public DateTimeOffset StopTime => EndTime!.Value;
}
