using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orkestra.Authoring;

/// <summary>What a step can use while it runs. All members have defaults, so a test can pass <c>new StepContext()</c>. Each call of a step has its own context.</summary>
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

    /// <summary>Signals that the step should end: its timeout has passed, or the run was stopped. It is never signaled by default.</summary>
    public CancellationToken CancellationToken
    {
        get => cancellation ??= Facts?.CancellationToken ?? CancellationToken.None;
        init => cancellation = value;
    }

    /// <summary>The number of the attempt, starting at 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>
    /// A key that is the same for every attempt of this call and different for every other call. Pass it to services that reject duplicates, such as a second payment or
    /// mail. It is a new GUID when the step is called on its own.
    /// </summary>
    public string IdempotencyKey { get => field ??= Facts?.IdempotencyKey ?? Guid.NewGuid().ToString(); init; }

    /// <summary>When the step times out; null when it has no timeout.</summary>
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
