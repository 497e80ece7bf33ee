using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting;

/// <summary>How one execution is started: what differs from the other executions of a runtime. Immutable.</summary>
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
    /// Called with every event of the history, in order, once it is stored, on the thread that runs the execution; null, the default, for no call. Keep it quick. An
    /// exception it throws is ignored. To follow an execution later or slowly use <see cref="OrkestraRuntime.WatchAsync"/>.
    /// </summary>
    public Action<HistoryEvent>? OnEvent { get; init; }

    /// <summary>What the execution logs; nothing when null, which is the default.</summary>
    public ExecutionLogging? Logging { get; init; }

    /// <summary>
    /// Whether <see cref="OrkestraRuntime.StartAsync(ExecutionPlan, JsonValue, ExecutionOptions?, CancellationToken)"/> runs the execution on the calling thread until it waits for
    /// something, so that the order of what it does follows from the call alone. For tests in virtual time. False by default: it runs on threads of the pool.
    /// </summary>
    public bool StartsOnCallingThread { get; init; }

    /// <summary>The variables an execution begins with that goes on from a state of another one; null, the default, for none.</summary>
    internal JsonObject? Variables { get; init; }

    /// <summary>Whether events are looked at as they happen.</summary>
    internal bool IsWatched => OnEvent is not null || Logging is { Level: not ExecutionLogLevel.Off };

    /// <summary>What also holds for the child executions of distributed Maps.</summary>
    internal ExecutionOptions ForChild() => OnEvent is null && Name is null ? this : this with { OnEvent = null, Name = null };
}
