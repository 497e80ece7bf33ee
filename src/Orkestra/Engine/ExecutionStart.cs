using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>What an execution begins with. Together with the machine and the events that follow it decides everything the execution does.</summary>
public sealed record ExecutionStart
{
    /// <summary>The input.</summary>
    public required JsonValue Input { get; init; }

    /// <summary>The name; made from the seed when null.</summary>
    public string? Name { get; init; }

    /// <summary>Where ids, tokens and jitter come from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the execution is told about the machine it runs.</summary>
    public MachineIdentity Machine { get; init; } = MachineIdentity.Default;

    /// <summary>Standard (the default) or Express.</summary>
    public StateMachineType Type { get; init; }

    /// <summary>The limits; <see cref="ExecutionQuotas.Aws"/> by default.</summary>
    public ExecutionQuotas Quotas { get; init; } = ExecutionQuotas.Aws;

    /// <summary>The Map Run a child execution belongs to; null (the default) for an execution of its own.</summary>
    public ParentMapRun? Parent { get; init; }

    /// <summary>The item of a distributed Map that a child execution is for; null otherwise.</summary>
    public JsonObject? MapItem { get; init; }

    /// <summary>The variables a child execution sees from outside; null otherwise.</summary>
    public JsonObject? Variables { get; init; }
}
