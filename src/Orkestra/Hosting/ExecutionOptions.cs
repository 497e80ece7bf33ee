using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting;

/// <summary>How one execution is started.</summary>
public sealed record ExecutionOptions
{
    internal static ExecutionOptions Default { get; } = new();

    /// <summary>The execution's name; a UUID when null.</summary>
    public string? Name { get; init; }

    /// <summary>Standard (the default) or Express.</summary>
    public StateMachineType Type { get; init; }

    /// <summary>What the execution is told about the machine it runs.</summary>
    public MachineIdentity Machine { get; init; } = MachineIdentity.Default;

    /// <summary>The seed of ids, tokens and jitter; a new one for each execution when null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The limits; <see cref="ExecutionQuotas.Aws"/> by default.</summary>
    public ExecutionQuotas Quotas { get; init; } = ExecutionQuotas.Aws;

    /// <summary>
    /// Called with every event as it is added to the history, in order, on the thread that runs the execution; null (the default) for nobody. It must be quick
    /// and must not throw.
    /// </summary>
    public Action<HistoryEvent>? OnEvent { get; init; }

    /// <summary>What the execution logs; nothing when null, which is the default.</summary>
    public ExecutionLogging? Logging { get; init; }

    /// <summary>Whether anybody looks at events as they happen.</summary>
    internal bool IsWatched => OnEvent is not null || Logging is { Level: not LogLevel.Off };
}
