using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.Service;

namespace Orkestra.Hosting;

/// <summary>
/// Runs executions in this process. Cheap to make and to use; one runner serves any number of executions on any threads. An execution runs on the thread that
/// brings it its next event: while tasks are answered at once it never leaves the caller's.
/// </summary>
/// <example><code>
/// var runner = new ExecutionRunner(invoker);
/// var result = await runner.RunAsync(ExecutionPlan.Compile(machine), JsonValue.Parse("{}"));
/// </code></example>
public sealed class ExecutionRunner
{
    readonly ConcurrentDictionary<string, (ExecutionRun Run, TaskId Task)> tokens = new(StringComparer.Ordinal);
    readonly bool isSystemClock;
    readonly HttpTaskOptions? http;
    ExecutionService? service;
    IntegratedTasks? integrations;
    ClockRead lastRead = new(-1, 0);
    ulong seeds = SplitMix.NewSeed();

    /// <summary>A runner.</summary>
    /// <param name="invoker">Carries out tasks.</param>
    /// <param name="options">Clock and store; the system's clock and no store when null.</param>
    public ExecutionRunner(ITaskInvoker invoker, ExecutionRunnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        options ??= new ExecutionRunnerOptions();
        Invoker = invoker;
        Clock = options.TimeProvider;
        isSystemClock = ReferenceEquals(Clock, TimeProvider.System);
        Store = options.Store;
        Objects = options.Objects;
        http = options.Http;
    }

    internal ITaskInvoker Invoker { get; }

    internal TimeProvider Clock { get; }

    internal IExecutionStore? Store { get; }

    internal IObjectStore? Objects { get; }

    /// <summary>The activities that tasks may name, and the workers that do them.</summary>
    public ActivityQueue Activities { get; } = new();

    /// <summary>The state machines that tasks may start, and the executions that were started of them.</summary>
    public ExecutionService Service => LazyInitializer.EnsureInitialized(ref service, () => new ExecutionService(this));

    /// <summary>Carries out tasks that no invoker answers.</summary>
    internal IntegratedTasks Integrations => LazyInitializer.EnsureInitialized(ref integrations, () => new IntegratedTasks(this, http));

    /// <summary>Runs an execution to its end.</summary>
    /// <param name="plan">The machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Name, type and more; a new Standard execution when null.</param>
    /// <param name="cancellationToken">Stops the execution, which then ends as <see cref="ExecutionStatus.Aborted"/>.</param>
    /// <returns>How it ended. A run that fails is a result too, not an exception.</returns>
    /// <exception cref="ArgumentException">The input is larger than <see cref="ExecutionQuotas.MaxPayloadBytes"/>, or the name is none AWS would take.</exception>
    public ValueTask<ExecutionResult> RunAsync(ExecutionPlan plan, JsonValue input, ExecutionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(input, options);
        var run = new ExecutionRun(this, plan, options ?? ExecutionOptions.Default);
        return run.RunAsync(StartOf(input, options), cancellationToken);
    }

    /// <summary>Starts an execution and returns at once, or as soon as the execution waits for something.</summary>
    /// <param name="plan">The machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Name, type and more; a new Standard execution when null.</param>
    /// <exception cref="ArgumentException">The input is larger than <see cref="ExecutionQuotas.MaxPayloadBytes"/>, or the name is none AWS would take.</exception>
    public ExecutionHandle Start(ExecutionPlan plan, JsonValue input, ExecutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(input, options);
        var run = new ExecutionRun(this, plan, options ?? ExecutionOptions.Default);
        return new ExecutionHandle(run, run.RunAsync(StartOf(input, options), CancellationToken.None).AsTask());
    }

    /// <summary>Goes on with an execution from its stored events, where it was.</summary>
    /// <param name="plan">The machine it was started with.</param>
    /// <param name="events">Its events, oldest first.</param>
    /// <param name="options">Who is told of further events; all else is as the events say.</param>
    /// <exception cref="ArgumentException">The first event is not the start.</exception>
    public ExecutionHandle Resume(ExecutionPlan plan, IReadOnlyList<ExecutionEvent> events, ExecutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0 || events[0].Kind != ExecutionEventKind.Started) throw new ArgumentException("The first event of an execution is its start.", nameof(events));
        var run = new ExecutionRun(this, plan, options ?? ExecutionOptions.Default);
        return new ExecutionHandle(run, run.ResumeAsync(events).AsTask());
    }

    /// <summary>Completes a task that waits for its token.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="output">The task's result.</param>
    /// <returns>False when no task waits for the token (any more).</returns>
    public bool SendTaskSuccess(string taskToken, JsonValue output) =>
        tokens.TryRemove(taskToken, out var task) && task.Run.Answer(task.Task, output, null, null);

    /// <summary>Fails a task that waits for its token.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="error">The error's name; null for none.</param>
    /// <param name="cause">The error's cause; null for none.</param>
    /// <returns>False when no task waits for the token (any more).</returns>
    public bool SendTaskFailure(string taskToken, string? error = null, string? cause = null) =>
        tokens.TryRemove(taskToken, out var task) && task.Run.Answer(task.Task, null, error, cause);

    /// <summary>Says that the work on a task that waits for its token goes on.</summary>
    /// <param name="taskToken">The token.</param>
    /// <returns>False when no task waits for the token (any more).</returns>
    public bool SendTaskHeartbeat(string taskToken) => tokens.TryGetValue(taskToken, out var task) && task.Run.Heartbeat(task.Task);

    internal void Register(string token, ExecutionRun run, TaskId task) => tokens[token] = (run, task);

    internal void Forget(string token) => tokens.TryRemove(token, out _);

    /// <summary>
    /// The time in UTC ticks. History events are told in milliseconds, so the system's clock is read once in each of its ticks (some milliseconds): a read
    /// costs as much as a state.
    /// </summary>
    internal long UtcTicks
    {
        get
        {
            if (!isSystemClock) return Clock.GetUtcNow().UtcTicks;
            var tick = Environment.TickCount64;
            var known = lastRead;
            if (known.Tick == tick) return known.UtcTicks;
            known = new ClockRead(tick, Clock.GetUtcNow().UtcTicks);
            lastRead = known;
            return known.UtcTicks;
        }
    }

    static void Check(JsonValue input, ExecutionOptions? options)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (options?.Name is { } name && !Names.IsValid(name))
            throw new ArgumentException($"'{name}' cannot be the name of an execution: a name has 1 to 80 characters and no white space, control characters, or any of <>{{}}[]?*\"#%\\^|~`$&,;:/ in it.", nameof(options));
        var most = (options?.Quotas ?? ExecutionQuotas.Aws).MaxPayloadBytes;
        if (input.Utf8Length > most)
            throw new ArgumentException($"The input has {input.Utf8Length} bytes, and an execution takes at most {most}: give it a reference to the data instead.", nameof(input));
    }

    sealed record ClockRead(long Tick, long UtcTicks);

    internal ExecutionStart StartOf(JsonValue input, ExecutionOptions? options) => new()
    {
        Input = input.Depth <= Execution.MaxDepth ? input : throw new ArgumentException($"The input nests {input.Depth} levels deep; the limit is {Execution.MaxDepth}.", nameof(input)),
        Seed = options?.Seed ?? Interlocked.Add(ref seeds, 0x9E3779B97F4A7C15),
        Name = options?.Name,
        Type = options?.Type ?? StateMachineType.Standard,
        Machine = options?.Machine ?? MachineIdentity.Default,
        Quotas = options?.Quotas ?? ExecutionQuotas.Aws,
    };
}
