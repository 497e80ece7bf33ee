namespace Orkestra.Asl.Maps;

/// <summary>How the iterations of a <see cref="MapState"/> run.</summary>
public sealed record ProcessorConfig : AslElement
{
    /// <summary><c>INLINE</c> or <c>DISTRIBUTED</c>; <c>INLINE</c> when absent.</summary>
    public string? Mode { get; init; }

    /// <summary><c>STANDARD</c> or <c>EXPRESS</c>: the type of the child executions of a distributed Map.</summary>
    public string? ExecutionType { get; init; }

    /// <summary>Whether the mode is <c>DISTRIBUTED</c>.</summary>
    public bool IsDistributed => Mode == "DISTRIBUTED";
}
