using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orkestra.Authoring;

/// <summary>What a step may ask for while it runs. All members have defaults, so a test can pass <c>new StepContext()</c>.</summary>
public sealed class StepContext
{
    readonly ILogger? logger;
    readonly IServiceProvider? services;
    CancellationToken? cancellation;

    /// <summary>The step's name; empty when the step is called alone.</summary>
    public string StepName { get; init; } = "";

    /// <summary>The identifier of the execution; empty when the step is called alone.</summary>
    public string ExecutionId { get => field ??= Facts?.ExecutionId ?? ""; init; }

    /// <summary>The container's services for this call; a provider without any service by default.</summary>
    public IServiceProvider Services
    {
        get => services ?? EmptyServices.Instance;
        init => services = value;
    }

    /// <summary>A logger named after the step; one that drops everything by default.</summary>
    public ILogger Logger
    {
        get => logger ?? (services?.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger(StepName) ?? NullLogger.Instance;
        init => logger = value;
    }

    /// <summary>Asks the step to end: its time is up, or the run was stopped. Never by default.</summary>
    public CancellationToken CancellationToken
    {
        get => cancellation ??= Facts?.CancellationToken ?? CancellationToken.None;
        init => cancellation = value;
    }

    /// <summary>Which try this is, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>
    /// A text that is the same for every try of this one call and for no other call: give it to services that can refuse a second payment or a second mail. A
    /// new GUID when the step is called alone.
    /// </summary>
    public string IdempotencyKey { get => field ??= Facts?.IdempotencyKey ?? Guid.NewGuid().ToString(); init; }

    /// <summary>When the step's time is up, or null when it has no timeout.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The clock of the run.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How much time is left until <see cref="Deadline"/>, never negative; <see cref="Timeout.InfiniteTimeSpan"/> without a deadline.</summary>
    public TimeSpan RemainingTime =>
        Deadline is not { } deadline ? Timeout.InfiniteTimeSpan
        : deadline - TimeProvider.GetUtcNow() is { Ticks: > 0 } left ? left
        : TimeSpan.Zero;

    internal ICallFacts? Facts { get; init; }

    /// <summary>The same for one record of the call's batch.</summary>
    internal StepContext ForRecord(string key, int? attempt) => new()
    {
        StepName = StepName,
        ExecutionId = ExecutionId,
        Attempt = attempt ?? Attempt,
        IdempotencyKey = key,
        Deadline = Deadline,
        CancellationToken = CancellationToken,
        Services = services!, // Null leaves the context its defaults.
        Logger = logger!,
        TimeProvider = TimeProvider,
    };

    sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>What a runner knows about a call and computes only when the step asks.</summary>
internal interface ICallFacts
{
    string ExecutionId { get; }

    string IdempotencyKey { get; }

    CancellationToken CancellationToken { get; }
}
