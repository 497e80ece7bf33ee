using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Running;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting;

/// <summary>
/// Runs executions in this process. Register workflows or documents and start them by ARN, or start a compiled document directly. With a store, executions survive the
/// process: a task is called at least once, and the state changes exactly once. Safe to use from any thread; one runtime serves any number of executions.
/// </summary>
/// <example><code>
/// await using var runtime = new OrkestraRuntime(invoker);
/// var result = await runtime.RunAsync(ExecutionPlan.Compile(machine), JsonValue.Parse("{}"));
/// </code></example>
public sealed class OrkestraRuntime : IAsyncDisposable
{
    readonly ITaskInvoker invoker;
    readonly SeedSequence seeds = new();
    ExecutionService? service;
    IntegratedTasks? integrations;
    StoredExecutions? stored;
    IdleExecutions? idle;
    volatile bool refusesStarts;
    int suspended;
    bool isStopping;

    /// <summary>Creates a runtime.</summary>
    /// <param name="invoker">Handles the tasks of executions whose state machine has no invoker of its own; null for none.</param>
    /// <param name="options">Clock, store and more; defaults when null.</param>
    public OrkestraRuntime(ITaskInvoker? invoker = null, OrkestraOptions? options = null)
    {
        this.invoker = invoker ?? NoInvoker.Instance;
        Options = options ?? OrkestraOptions.Default;
        Clock = new RunClock(Options.TimeProvider, Options.LongestSleep);
        Executions = new ExecutionRegistry(Options);
        StoreCalls = new StoreWatch(Options.StoreTimeout, TimeProvider.System);
        StepLogs = StepLogWriter.Of(Options, Changes);
    }

    /// <summary>The activities that tasks may name, and the workers that take them.</summary>
    public ActivityQueue Activities { get; } = new();

    /// <summary>The state machines that are registered.</summary>
    public StateMachineRegistry StateMachines { get; } = new();

    /// <summary>The options it was created with. Do not change them while it is used.</summary>
    public OrkestraOptions Options { get; }

    /// <summary>Handles the tasks of state machines that have no invoker of their own.</summary>
    public ITaskInvoker DefaultInvoker => invoker;

    internal RunClock Clock { get; }

    /// <summary>How many executions this runtime suspended because their store failed. They are in the store as they were stored last, and go on when they are resumed.</summary>
    public int SuspendedExecutions => Volatile.Read(ref suspended);

    internal TokenRegistry Tokens { get; } = new();

    internal ExecutionRegistry Executions { get; }

    /// <summary>Gives up calls of the store that take too long.</summary>
    internal StoreWatch StoreCalls { get; }

    /// <summary>Says which executions have changed, to those who listen.</summary>
    public ChangeFeed Changes { get; } = new();

    /// <summary>Whether what steps log is kept, as <see cref="OrkestraOptions.StepLogs"/> and <see cref="OrkestraOptions.StepLogLevel"/> say.</summary>
    public bool KeepsStepLogs => StepLogs is not null;

    /// <summary>What steps log; null when it is not kept.</summary>
    internal StepLogWriter? StepLogs { get; }

    /// <summary>The actions of AWS Step Functions that deal with executions, on those of this runtime.</summary>
    public ExecutionService Service => LazyInitializer.EnsureInitialized(ref service, () => new ExecutionService(this));

    /// <summary>Handles tasks that no invoker handles.</summary>
    internal IntegratedTasks Integrations => LazyInitializer.EnsureInitialized(ref integrations, () => new IntegratedTasks(this, Options));

    /// <summary>Executions that only wait; null without a store.</summary>
    internal IdleExecutions? Idle => Options.Store is null ? null : LazyInitializer.EnsureInitialized(ref idle, () => new IdleExecutions(this, Store, Stored));

    internal StoredExecutions Stored => LazyInitializer.EnsureInitialized(ref stored, () => new StoredExecutions(this, Store));

    IExecutionStore Store => Options.Store ?? throw NoStore();

    /// <summary>Registers a workflow, with the workflows that it starts unless their names are registered. Its steps run in this process.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <returns>The registered state machine, named after the workflow.</returns>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    public RegisteredStateMachine Register(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return StateMachines.Add(workflow.Compile(), Options);
    }

    /// <summary>Runs an execution of a compiled document to its end. It begins on the calling thread and stays there while tasks are answered at once.</summary>
    /// <param name="plan">The document.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Name, type and more; a new Standard execution when null.</param>
    /// <param name="cancellationToken">Stops the execution, which then ends as <see cref="ExecutionStatus.Aborted"/>.</param>
    /// <returns>How it ended. An execution that fails is a result, not an exception.</returns>
    /// <exception cref="ArgumentException">The input is larger than <see cref="ExecutionQuotas.MaxPayloadBytes"/>, or the name is not valid.</exception>
    /// <exception cref="ExecutionStoreException">The store failed, and the execution is suspended.</exception>
    /// <exception cref="InvalidOperationException"><see cref="BeginShutdown"/> was called, or the runtime is disposed.</exception>
    public ValueTask<ExecutionResult> RunAsync(ExecutionPlan plan, JsonValue input, ExecutionOptions? options = null, CancellationToken cancellationToken = default)
    {
        RefuseWhenShuttingDown();
        return RunAsync(plan, invoker, input, options, cancellationToken);
    }

    /// <summary>Starts an execution of a compiled document.</summary>
    /// <param name="plan">The document.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Name, type and more; a new Standard execution when null.</param>
    /// <param name="cancellationToken">Cancels the call before the execution is started; it does not stop one that is.</param>
    /// <returns>The execution, once its start is stored. It goes on on threads of the pool, unless <see cref="ExecutionOptions.StartsOnCallingThread"/> is set.</returns>
    /// <exception cref="ArgumentException">The input is larger than <see cref="ExecutionQuotas.MaxPayloadBytes"/>, or the name is not valid.</exception>
    /// <exception cref="ExecutionExistsException">An execution with this name exists.</exception>
    /// <exception cref="ExecutionStoreException">The start could not be stored: there is no such execution.</exception>
    /// <exception cref="InvalidOperationException"><see cref="BeginShutdown"/> was called, or the runtime is disposed.</exception>
    public async Task<ExecutionHandle> StartAsync(ExecutionPlan plan, JsonValue input, ExecutionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhenShuttingDown();
        options ??= ExecutionOptions.Default;
        var start = StartOf(plan, input, options);
        var pump = NewPump(plan, invoker, options);
        Executions.Add(pump, start);
        await pump.StartAsync(start, options.StartsOnCallingThread).ConfigureAwait(false);
        return new ExecutionHandle(this, pump);
    }

    /// <summary>Starts an execution of a registered state machine, as StartExecution does.</summary>
    /// <param name="stateMachine">Its ARN, or its name.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The execution's name; a UUID when null.</param>
    /// <param name="cancellationToken">Cancels the call before the execution is started; it does not stop one that is.</param>
    /// <returns>The execution, once its start is stored. Starting a running execution with the same name and the same input again returns that execution.</returns>
    /// <remarks>One that only the store has goes on where it does; and here, once its <see cref="ExecutionHandle.Completion"/> is asked for or a signal is sent to it.</remarks>
    /// <exception cref="ArgumentException">No such state machine is registered, the input is too large, or the name is not valid.</exception>
    /// <exception cref="ExecutionExistsException">An execution with this name exists and has ended, or has another input.</exception>
    /// <exception cref="ExecutionStoreException">The start could not be stored: there is no such execution.</exception>
    /// <exception cref="InvalidOperationException"><see cref="BeginShutdown"/> was called, or the runtime is disposed.</exception>
    public async Task<ExecutionHandle> StartAsync(string stateMachine, JsonValue input, string? name = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhenShuttingDown();
        var machine = StateMachines.Find(stateMachine) ?? throw new ArgumentException($"No state machine '{stateMachine}' is registered.", nameof(stateMachine));
        return await StartAsync(machine, input, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts an execution of a state machine that need not be registered, as StartExecution does.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The execution's name; a UUID when null.</param>
    /// <param name="cancellationToken">Cancels the call before the execution is started; it does not stop one that is.</param>
    /// <returns>The execution, once its start is stored, as for a registered state machine.</returns>
    /// <exception cref="ArgumentException">The input is too large, or the name is not valid.</exception>
    /// <exception cref="ExecutionExistsException">An execution with this name exists and has ended, or has another input.</exception>
    /// <exception cref="ExecutionStoreException">The start could not be stored: there is no such execution.</exception>
    /// <exception cref="InvalidOperationException"><see cref="BeginShutdown"/> was called, or the runtime is disposed.</exception>
    public async Task<ExecutionHandle> StartAsync(RegisteredStateMachine machine, JsonValue input, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(machine);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWhenShuttingDown();
        return new ExecutionHandle(this, await StartAsync(machine, input, name, depth: 0, handsOver: false, startedBy: null).ConfigureAwait(false));
    }

    /// <summary>Goes on with a stored execution, where it was. Does nothing when it is in memory already.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The execution, once it is stored that it goes on here.</returns>
    /// <exception cref="ArgumentException">The store has no such execution.</exception>
    /// <exception cref="ExecutionReplayException">Its definition is not known, or its signals do not belong to it.</exception>
    /// <exception cref="ExecutionStoreException">It could not be stored that it goes on here.</exception>
    /// <exception cref="InvalidOperationException">The runtime has no store.</exception>
    public async Task<ExecutionHandle> ResumeAsync(string executionArn, CancellationToken cancellationToken = default)
    {
        var pump = await GetAsync(executionArn, cancellationToken).ConfigureAwait(false);
        return new ExecutionHandle(this, pump ?? throw (Options.Store is null ? NoStore() : NoExecution(executionArn)));
    }

    /// <summary>Goes on with an execution from its signals, where it was.</summary>
    /// <param name="plan">The definition it was started with.</param>
    /// <param name="signals">Its signals, oldest first.</param>
    /// <param name="options">Who is told of further events; all else is as the signals say.</param>
    /// <exception cref="ExecutionReplayException">The signals do not belong to the definition.</exception>
    public ExecutionHandle Resume(ExecutionPlan plan, IReadOnlyList<ExecutionSignal> signals, ExecutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(signals);
        var pump = NewPump(plan, invoker, options ?? ExecutionOptions.Default);
        pump.Restore(signals);
        if (!Executions.TryAdd(pump.Start.ResolveArn(), pump, out var known) && Options.Store is not null) throw new ExecutionExistsException(known.Start.ResolveArn());
        _ = pump.Continue();
        pump.Execute();
        return new ExecutionHandle(this, pump);
    }

    /// <summary>Goes on with every stored execution that has not ended. Child executions of distributed Maps go on with their parents.</summary>
    /// <param name="cancellationToken">Ends the call; what was resumed goes on.</param>
    /// <returns>What was resumed, and what could not be.</returns>
    /// <exception cref="InvalidOperationException">The runtime has no store.</exception>
    public Task<ResumeSummary> ResumeAllAsync(CancellationToken cancellationToken = default) => Stored.ResumeAllAsync(cancellationToken);

    /// <summary>
    /// Begins an execution that ended without success again where it failed, with the same input: what succeeded is not done again
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
    /// </summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The execution, once its redrive is stored.</returns>
    /// <exception cref="ArgumentException">There is no such execution.</exception>
    /// <exception cref="InvalidOperationException">The execution runs, succeeded, is Express, or has no room left in its history.</exception>
    public async Task<ExecutionHandle> RedriveAsync(string executionArn, CancellationToken cancellationToken = default)
    {
        var pump = await GetAsync(executionArn, cancellationToken).ConfigureAwait(false) ?? throw NoExecution(executionArn);
        return await RedriveAsync(pump).ConfigureAwait(false);
    }

    /// <summary>Stops an execution, which then ends as <see cref="ExecutionStatus.Aborted"/>.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="error">The error to end with; null for none.</param>
    /// <param name="cause">The cause to end with; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when it had ended. Known once the stop is stored.</returns>
    /// <exception cref="ArgumentException">There is no such execution.</exception>
    public async Task<bool> StopAsync(string executionArn, string? error = null, string? cause = null, CancellationToken cancellationToken = default)
    {
        var pump = await GetAsync(executionArn, cancellationToken).ConfigureAwait(false) ?? throw NoExecution(executionArn);
        return await pump.PostAsync(pump.StopSignal(error, cause)).ConfigureAwait(false);
    }

    /// <summary>Completes a task that waits for its token.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="output">The task's result.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether a task was waiting for it. Known once the result is stored.</returns>
    /// <exception cref="ExecutionStoreException">The result could not be stored: the task still waits, and goes on waiting after a restart.</exception>
    public Task<bool> SendTaskSuccessAsync(string taskToken, JsonValue output, CancellationToken cancellationToken = default) =>
        SendAsync(taskToken, (task, ticks) => new ExecutionSignal(ExecutionSignalKind.CallbackSucceeded, ticks, task, output), cancellationToken);

    /// <summary>Fails a task that waits for its token.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="error">The error's name; null for none.</param>
    /// <param name="cause">The error's cause; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether a task was waiting for it. Known once the failure is stored.</returns>
    /// <exception cref="ExecutionStoreException">The failure could not be stored: the task still waits, and goes on waiting after a restart.</exception>
    public Task<bool> SendTaskFailureAsync(string taskToken, string? error = null, string? cause = null, CancellationToken cancellationToken = default) =>
        SendAsync(taskToken, (task, ticks) => new ExecutionSignal(ExecutionSignalKind.CallbackFailed, ticks, task, error: error, cause: cause), cancellationToken);

    /// <summary>Reports that the work on a task that waits for its token goes on. Heartbeats are stored with the next signal of the execution.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether a task is waiting for it.</returns>
    public Task<bool> SendTaskHeartbeatAsync(string taskToken, CancellationToken cancellationToken = default) =>
        SendAsync(taskToken, (task, ticks) => new ExecutionSignal(ExecutionSignalKind.TaskHeartbeat, ticks, task), cancellationToken);

    /// <summary>An execution as it was after its last commit; null when there is none. Never waits for a step.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ExecutionSnapshot?> FindAsync(string executionArn, CancellationToken cancellationToken = default) =>
        Executions.Find(executionArn)?.Snapshot ?? (Options.Store is null ? null : await Stored.ReadAsync(executionArn, cancellationToken).ConfigureAwait(false));

    /// <summary>Finds executions, newest start first.</summary>
    /// <param name="query">Which executions, and which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken = default) => Options.Store is { } store
        ? await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)
        : ExecutionPages.Of(Executions.All.Select(pump => pump.Snapshot?.ToRecord()).OfType<ExecutionRecord>(), query);

    /// <summary>The record of an execution, without its history, as of its last commit; null if it does not exist. Never waits for a step.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ExecutionRecord?> FindRecordAsync(string executionArn, CancellationToken cancellationToken = default)
    {
        if (Executions.Find(executionArn)?.Snapshot is { } snapshot) return snapshot.ToRecord();
        return Options.Store is { } store ? await store.FindAsync(executionArn, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Reads a part of an execution's history, as it was after the last commit.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="range">Which events, and in which order; all of them by default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such execution.</exception>
    public async Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange? range = null, CancellationToken cancellationToken = default)
    {
        var wanted = range ?? HistoryRange.All;
        if (Options.Store is { KeepsHistory: true } store) return await store.ReadHistoryAsync(executionArn, wanted, cancellationToken).ConfigureAwait(false);
        var snapshot = await FindAsync(executionArn, cancellationToken).ConfigureAwait(false) ?? throw NoExecution(executionArn);
        return wanted.Of(snapshot.History);
    }

    /// <summary>
    /// Follows the history of an execution, from any event on, until it ends. Events appear once they are stored. A subscriber may arrive at any time, and a slow one
    /// does not slow the execution down.
    /// </summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="afterEventId">The id of the last event already seen; 0 for all events.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="ArgumentException">There is no such execution.</exception>
    public IAsyncEnumerable<HistoryEvent> WatchAsync(string executionArn, int afterEventId = 0, CancellationToken cancellationToken = default) =>
        HistoryWatch.FollowAsync(this, executionArn, afterEventId, cancellationToken);

    /// <summary>
    /// Stops the runtime: executions are suspended as they are stored, and their running tasks are cancelled. Executions without a store end as not completed:
    /// waiting for them throws <see cref="ExecutionStoreException"/>.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isStopping, true)) return ValueTask.CompletedTask;
        idle?.Dispose();
        var reason = new ExecutionStoreException("The runtime was stopped.");
        foreach (var pump in Executions.All)
        {
            if (pump.Snapshot is { Status: not ExecutionStatus.Running }) continue;
            pump.Suspend(reason);
        }

        return StepLogs?.FlushAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>
    /// Refuses new executions from now on: <c>StartAsync</c> and <c>RunAsync</c> throw <see cref="InvalidOperationException"/>. Executions that run go on, start the child
    /// executions they need, and take the results of tasks. Call it before <see cref="DrainAsync"/>, so that the work comes to an end. It cannot be undone.
    /// </summary>
    public void BeginShutdown() => refusesStarts = true;

    /// <summary>
    /// Waits until no execution works any more: each has ended, or only waits. Executions that start meanwhile are waited for too; <see cref="BeginShutdown"/> refuses them.
    /// Executions that started to wait stay in memory.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was canceled while an execution worked.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        bool worked;
        do
        {
            worked = false;
            foreach (var pump in Executions.All)
            {
                while (true)
                {
                    var rest = pump.Publication.WhenAtRest();
                    if (pump.IsAtRest) break;
                    worked = true;
                    await rest.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        while (worked);
    }

    /// <summary>Runs an execution with an invoker of its own.</summary>
    internal ValueTask<ExecutionResult> RunAsync(ExecutionPlan plan, ITaskInvoker with, JsonValue input, ExecutionOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options ??= ExecutionOptions.Default;
        var start = StartOf(plan, input, options);
        var pump = new ExecutionPump(this, plan, with, options);
        if (Options.Store is not null) Executions.Add(pump, start);
        return pump.RunAsync(start, cancellationToken);
    }

    internal async Task<ExecutionHandle> RedriveAsync(ExecutionPump pump) => new(this, await Redrives.BeginAsync(this, pump).ConfigureAwait(false));

    /// <summary>Starts an execution of a registered state machine, or finds the running one with the same name and input.</summary>
    internal async Task<ExecutionPump> StartAsync(RegisteredStateMachine machine, JsonValue input, string? name, int depth, bool handsOver, string? startedBy, string? traceHeader = null)
    {
        // A task that starts an execution is not to fail because the runtime stops.
        if (isStopping) throw new ExecutionStoreException("The runtime was stopped.");
        var options = machine.OptionsFor(name);
        var start = StartOf(machine.Plan, input, options) with { StartedBy = startedBy, TraceHeader = traceHeader };
        var arn = start.ResolveArn();
        var pump = NewPump(machine.Plan, machine.Invoker ?? invoker, options, depth);
        if (handsOver) pump.HandOver();
        // A name of a deleted state machine's execution is free again.
        if (machine.ExecutionsSince is { } since && Executions.Find(arn) is { Snapshot: { } old } gone && old.StartTime < since && old.Status != ExecutionStatus.Running) Executions.Remove(gone);
        if (!Executions.TryAdd(arn, pump, out var known)) return await KnownAsync(known, arn, input, startedBy).ConfigureAwait(false);
        try
        {
            await pump.StartAsync(start).ConfigureAwait(false);
            return pump;
        }
        catch (ExecutionExistsException)
        {
            return await KnownAsync(await Stored.StartedBeforeAsync(arn, startedBy).ConfigureAwait(false), arn, input, startedBy).ConfigureAwait(false);
        }
    }

    /// <summary>The execution with an ARN, resumed when only the store knows it; null when there is none.</summary>
    internal async Task<ExecutionPump?> GetAsync(string executionArn, CancellationToken cancellationToken)
    {
        var known = Executions.Find(executionArn);
        if (Options.Store is null || known is { Publication: { HasStarted: true, IsOver: false } }) return known;
        return await Stored.ResumeAsync(executionArn, cancellationToken).ConfigureAwait(false);
    }

    internal Task<(ExecutionPump Child, Task<ExecutionResult> Ended)> StartOrResumeChildAsync(Engine.Commands.StartChild command, Func<ExecutionPump> create) =>
        Stored.StartOrResumeChildAsync(command, create);

    internal Task StopStoredChildrenAsync(string mapRunArn) => Stored.StopChildrenAsync(mapRunArn);

    internal ExecutionPump NewPump(ExecutionPlan plan, ITaskInvoker with, ExecutionOptions options, int depth = 0, bool isChild = false)
    {
        ObjectDisposedException.ThrowIf(isStopping, this);
        return new ExecutionPump(this, plan, with, options, isChild) { Depth = depth, IsObservable = true };
    }

    internal ITaskInvoker InvokerOf(string stateMachineArn) => StateMachines.Find(stateMachineArn)?.Invoker ?? invoker;

    internal void Forget(ExecutionPump pump) => Executions.Remove(pump);

    internal void Suspended(ExecutionPump pump, Exception reason)
    {
        Forget(pump);
        // A start whose name is used is refused; nothing failed.
        var isFailure = !isStopping && reason is not ExecutionExistsException;
        if (isFailure) Interlocked.Increment(ref suspended);
        if (isFailure && reason is not SequenceConflictException && Options.Store is not null && pump.RegisteredArn is { } arn) Stored.Suspended(arn);
        if (Options.Telemetry) RuntimeTelemetry.Suspended(pump, isFailure);
    }

    /// <exception cref="ArgumentException">The input is too large or nests too deep, or the name is not valid.</exception>
    internal ExecutionStart StartOf(ExecutionPlan plan, JsonValue input, ExecutionOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(isStopping, this);
        if (options.Name is { } name && !Names.IsValid(name))
            throw new ArgumentException($"'{name}' is not a valid name of an execution. A name has 1 to 80 characters, without white space, control characters, and any of <>{{}}[]?*\"#%\\^|~`$&,;:/.", nameof(options));
        if (input.Utf8Length > options.Quotas.MaxPayloadBytes)
            throw new ArgumentException($"The input has {input.Utf8Length} bytes, and an execution takes at most {options.Quotas.MaxPayloadBytes}. Store the data elsewhere and pass a reference to it.", nameof(input));
        if (input.Depth > Execution.MaxDepth) throw new ArgumentException($"The input nests {input.Depth} levels deep; the limit is {Execution.MaxDepth}.", nameof(input));
        return new ExecutionStart
        {
            Input = input,
            Seed = options.Seed ?? seeds.Next(),
            Name = options.Name,
            DefinitionHash = Options.Store is null ? null : plan.DefinitionHash,
            Type = options.Type,
            Machine = options.Machine,
            Quotas = options.Quotas,
            Variables = options.Variables,
        };
    }

    static async Task<ExecutionPump> KnownAsync(ExecutionPump? known, string arn, JsonValue input, string? startedBy)
    {
        if (known is null) throw new ExecutionExistsException(arn);
        await known.Publication.WhenStarted().ConfigureAwait(false);
        if (startedBy is not null && known.Start.StartedBy == startedBy) return known;
        // A name is used once. Starting a running execution again changes nothing.
        return known.Snapshot is { Status: ExecutionStatus.Running } running && running.Input == input ? known : throw new ExecutionExistsException(arn);
    }

    async Task<bool> SendAsync(string taskToken, Func<TaskId, long, ExecutionSignal> signal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taskToken);
        if (!Tokens.TryFind(taskToken, out var owner))
        {
            if (Options.Store is null || await Stored.FindTaskAsync(taskToken, cancellationToken).ConfigureAwait(false) is not { } known) return false;
            owner = known;
        }

        return await owner.Pump.PostAsync(signal(owner.Task, Clock.UtcTicks)).ConfigureAwait(false);
    }

    internal void RefuseWhenShuttingDown()
    {
        ObjectDisposedException.ThrowIf(isStopping, this);
        if (refusesStarts) throw new InvalidOperationException("The runtime is shutting down and starts no further executions. Start the execution again after the restart.");
    }

    static InvalidOperationException NoStore() => new($"The runtime has no store. Set {nameof(OrkestraOptions)}.{nameof(OrkestraOptions.Store)}.");

    internal static ArgumentException NoExecution(string executionArn) => new($"There is no execution '{executionArn}'.", nameof(executionArn));

    sealed class NoInvoker : ITaskInvoker
    {
        internal static readonly NoInvoker Instance = new();

        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(TaskOutcome.Unhandled);
    }
}
