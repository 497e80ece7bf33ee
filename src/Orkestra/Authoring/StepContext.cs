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
        get => logger ?? (services?.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger(StepName) ?? Facts?.Logger ?? NullLogger.Instance;
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

    /// <summary>
    /// The token with which the task can be completed from elsewhere, in a step of <see cref="Flow{TIn, TOut}.WaitForCallback{TReply}"/>; null in any other. Hand it out, such as in a mail or a message: who gets it answers with
    /// SendTaskSuccess or SendTaskFailure (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token).
    /// </summary>
    public string? TaskToken { get; init; }

    internal ICallFacts? Facts { get; init; }

    // Loggers of a container write to all of its providers.
    ILogger? OwnLogger => logger ?? (services?.GetService(typeof(ILoggerFactory)) is null ? Facts?.Logger : null);

    /// <summary>The same for one step of several in one function. Each has its own key, so that a service which gets the keys of two steps does not take the second for a repetition of the first.</summary>
    internal StepContext ForPart(string name) => new()
    {
        StepName = name,
        ExecutionId = ExecutionId,
        Attempt = Attempt,
        IdempotencyKey = $"{IdempotencyKey}/{name}",
        Deadline = Deadline,
        CancellationToken = CancellationToken,
        TaskToken = TaskToken,
        Services = services!, // Null leaves the context its defaults.
        Logger = OwnLogger!,
        TimeProvider = TimeProvider,
    };

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
        Logger = OwnLogger!,
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
    /// <summary>What keeps the lines of the call; null when nothing does.</summary>
    ILogger? Logger { get; }

    string ExecutionId { get; }

    string IdempotencyKey { get; }

    CancellationToken CancellationToken { get; }
}
