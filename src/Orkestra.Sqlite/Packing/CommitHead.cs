using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Sqlite.Packing;

/// <summary>What a commit says about its execution.</summary>
internal readonly struct CommitHead
{
    /// <summary>Whether the execution only waits.</summary>
    internal bool IsIdle { get; init; }

    /// <summary>When it goes on, UTC ticks; null for no time.</summary>
    internal long? Due { get; init; }

    /// <summary>How many events its history has.</summary>
    internal int History { get; init; }

    /// <summary>When the execution was last redriven, UTC ticks; null for never.</summary>
    internal long? Redriven { get; init; }

    /// <summary>The status.</summary>
    internal ExecutionStatus Status { get; init; }

    /// <summary>When the execution ended, UTC ticks; null while it works.</summary>
    internal long? Stopped { get; init; }

    /// <summary>The output; null for none.</summary>
    internal JsonValue? Output { get; init; }

    /// <summary>The error; null for none.</summary>
    internal string? Error { get; init; }

    /// <summary>The cause; null for none.</summary>
    internal string? Cause { get; init; }
}
