using Microsoft.Extensions.Logging;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting;

/// <summary>
/// How an <see cref="OrkestraRuntime"/> runs executions, and how a workflow runs in this process. What differs from one execution to the next is in
/// <see cref="ExecutionOptions"/>. Do not change options that a runtime uses.
/// </summary>
public sealed record OrkestraOptions
{
    internal static OrkestraOptions Default { get; } = new();

    /// <summary>
    /// Options with a clock that skips: waits, retries and timeouts take no real time, so that a workflow that waits a day ends at once. Each use makes a new clock.
    /// </summary>
    public static OrkestraOptions SkippingTime => new() { TimeProvider = new SkippingTimeProvider() };

    /// <summary>The clock of waits, retries and timeouts; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where executions are kept, so that they can go on after a restart; null (the default) keeps none.</summary>
    public IExecutionStore? Store { get; set; }

    /// <summary>How long a call of the store may take before the execution is suspended; 30 seconds of real time by default.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a call of the store that failed is repeated before the execution is suspended; 4 by default. The first repetition follows after 50 ms, and each further
    /// one after twice the time.
    /// </summary>
    public int StoreRetries { get; set; } = 4;

    /// <summary>
    /// How long an execution that only waits (for a time, a callback, or a worker that took its activity) stays in memory; 30 seconds of real time by default. After it, the
    /// store alone has the execution, until it is due or something is sent to it. Executions whose end or history something waits for stay, and so do the child executions of
    /// distributed Maps. <see cref="Timeout.InfiniteTimeSpan"/> keeps all executions in memory. Without a store nothing leaves it.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The buckets distributed Maps read items from and write results to; null (the default) means that there are none.</summary>
    public IObjectStore? Objects { get; set; }

    /// <summary>The formats item readers read, and how much they read; the defaults of <see cref="DatasetOptions"/> by default.</summary>
    public DatasetOptions Datasets { get; set; } = DatasetOptions.Default;

    /// <summary>How HTTP tasks (<c>arn:aws:states:::http:invoke</c>) that no invoker answers are sent; null (the default) means that they fail.</summary>
    public HttpTaskOptions? Http { get; set; }

    /// <summary>
    /// Handles calls of services (<c>Aws.Step</c>) and other tasks that no step is behind, such as the <c>ForwardingInvoker</c> of Orkestra.Local, which sends them to endpoints, or a fake of a
    /// service. An <see cref="ITaskInvoker"/> registered in <see cref="Services"/> comes before it. Without either (null is the default) such tasks fail with a message that says what to set.
    /// </summary>
    public ITaskInvoker? ServiceInvoker { get; set; }

    /// <summary>The services steps may ask for; null, the default, means no services. An <see cref="ITaskInvoker"/> among them handles calls of services, as <see cref="ServiceInvoker"/> does.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Called around each attempt of a step, on the thread that runs it; nothing when null, which is the default.</summary>
    public StepInterceptor? StepInterceptor { get; set; }

    /// <summary>
    /// Where what steps log is kept, with the attempt that logged it; null (the default) keeps nothing. The runtime of a .NET host has one: the store of its executions when it keeps
    /// logs too, otherwise an <see cref="InMemoryStepLogStore"/>. Loggers of a container of your own need a <see cref="StepLoggerProvider"/>.
    /// </summary>
    public IStepLogStore? StepLogs { get; set; }

    /// <summary>The lowest level of what <see cref="StepLogs"/> keeps; <see cref="LogLevel.Information"/> by default. <see cref="LogLevel.None"/> keeps nothing.</summary>
    public LogLevel StepLogLevel { get; set; } = LogLevel.Information;

    /// <summary>
    /// Whether every step gets a worker thread of its own, so that an execution can be stopped while a synchronous step runs. False by default: a step that runs alone
    /// and has no timeout runs on the thread of the execution, which costs least, as long as few such steps run at the same time.
    /// </summary>
    public bool OffloadSynchronousSteps { get; set; }

    /// <summary>How many synchronous steps run at the same time on worker threads of this process; 64 by default. Further ones wait.</summary>
    public int MaxConcurrentSteps { get; set; } = 64;

    /// <summary>
    /// Whether the runtime reports metrics (meter <c>Orkestra</c>) and spans (activity source <c>Orkestra</c>) through System.Diagnostics. False by default; the runtime of a .NET
    /// host always does. Nothing of it holds payloads.
    /// </summary>
    public bool Telemetry { get; set; }

    /// <summary>How long a runtime sleeps at most before it looks at the clock again, which may have been set.</summary>
    internal TimeSpan LongestSleep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an execution keeps a thread before other executions get their turn.</summary>
    internal TimeSpan Turn { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Without a store, how many executions that have ended are kept for queries; 1,000 by default. The oldest are dropped first.</summary>
    public int KeptExecutions { get; set; } = 1_000;
}
