using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>What an execution begins with. Together with the events that follow it decides everything the execution does.</summary>
internal sealed record ExecutionStart
{
    /// <summary>The input.</summary>
    public required JsonValue Input { get; init; }

    /// <summary>The name; made from the seed when null.</summary>
    public string? Name { get; init; }

    /// <summary>Where ids, tokens and jitter come from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the execution is told about the machine it runs.</summary>
    public MachineIdentity Machine { get; init; } = MachineIdentity.Default;

    /// <summary>Standard or Express.</summary>
    public ExecutionType Type { get; init; }

    /// <summary>The item of a distributed Map that a child execution is for; null otherwise.</summary>
    public JsonObject? MapItem { get; init; }

    /// <summary>The variables a child execution sees from outside; null otherwise.</summary>
    public JsonObject? Variables { get; init; }
}
