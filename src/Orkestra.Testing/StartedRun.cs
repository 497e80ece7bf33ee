using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>A run under way.</summary>
public sealed class StartedRun
{
    readonly StateMachine document;
    readonly TestInvoker tasks;
    readonly IReadOnlyList<RegisteredStateMachine> machines;
    readonly ExecutionHandle handle;

    internal StartedRun(
        StateMachine document, WorkflowDefinition? definition, ExecutionPlan plan, TestInvoker tasks, IReadOnlyList<RegisteredStateMachine> machines, SkippingTimeProvider clock,
        JsonValue input)
    {
        this.document = document;
        this.tasks = tasks;
        this.machines = machines;
        var runtime = new OrkestraRuntime(tasks, new OrkestraOptions { TimeProvider = clock });
        tasks.Runtime = runtime;
        foreach (var machine in machines) runtime.StateMachines.Add(machine);
        tasks.AddNested(runtime.StateMachines);
        var options = new ExecutionOptions { Seed = 1, Machine = new MachineIdentity { Name = definition?.Workflow.Name ?? "StateMachine" }, StartsOnCallingThread = true };
        // Nothing is stored, so the execution has started when the call returns.
        handle = runtime.StartAsync(plan, input, options).GetAwaiter().GetResult();
        Completion = EndAsync(definition);
    }

    /// <summary>The end of the run. A run that fails is not an exception; the assertions of <see cref="TestRun"/> say what was expected.</summary>
    public Task<TestRun> Completion { get; }

    /// <summary>The current status of the run.</summary>
    public ExecutionStatus Status => handle.Status;

    /// <summary>
    /// Waits until a task waits for its token. Tasks of other states are kept for later calls, and let the time pass meanwhile, because the one that is awaited may come after a wait.
    /// </summary>
    /// <param name="state">The state; any when null.</param>
    /// <exception cref="ArgumentException">No state with this name waits for a callback.</exception>
    /// <exception cref="InvalidOperationException">The run ended without such a task, or another callback has to be answered first.</exception>
    public async Task<PendingCallback> CallbackAsync(string? state = null)
    {
        if (state is not null) TestSubject.RequireCallback([document, .. machines.Select(static machine => machine.Plan.Machine)], state);
        if (await tasks.Callbacks.TakeAsync(state).ConfigureAwait(false) is { } callback) return callback;
        if (Status == ExecutionStatus.Running && tasks.Callbacks.States is { Count: > 0 } others)
        {
            throw new InvalidOperationException(
                $"The run doesn't come to {(state is null ? "another task" : $"the state '{state}'")} before another callback is answered: call CallbackAsync(\"{others[0]}\") first, and answer it.");
        }

        var run = await Completion.ConfigureAwait(false);
        throw new InvalidOperationException($"The run ended before {(state is null ? "a task" : $"the state '{state}'")} waited for a token.{Environment.NewLine}{run.Describe()}");
    }

    /// <summary>Stops the run (StopExecution).</summary>
    public Task StopAsync(string? error = null, string? cause = null) => handle.StopAsync(error, cause);

    /// <summary>Waits for the end of the run without answering its callbacks, which time out or leave nothing else to do.</summary>
    /// <exception cref="InvalidOperationException">The run can only go on by a callback.</exception>
    internal async Task<TestRun> EndWithoutCallbacksAsync()
    {
        await Task.WhenAny(Completion, tasks.Callbacks.Stuck).ConfigureAwait(false);
        // The clock also comes to its end when the run has ended; then there is nothing to stop.
        if (!Completion.IsCompleted) await StopAsync().ConfigureAwait(false);
        var run = await Completion.ConfigureAwait(false);
        // The year that an execution may take is over by then.
        if (run.Status is not (ExecutionStatus.Aborted or ExecutionStatus.TimedOut) || document.TimeoutSeconds is not null) return run;
        var left = tasks.Callbacks.States.GroupBy(static name => name)
            .FirstOrDefault(asked => asked.Count() > run.Result.History.Count(happened => happened.StateName == asked.Key && IsEnd(happened)));
        return left is null
            ? run
            : throw new InvalidOperationException(
                $"The state '{left.Key}' waits for a callback, which RunAsync doesn't give: call Start instead, and answer with (await run.CallbackAsync(\"{left.Key}\")).SucceedAsync(…).");

        static bool IsEnd(HistoryEvent happened) => happened.Type is HistoryEventType.TaskSucceeded or HistoryEventType.TaskFailed or HistoryEventType.TaskTimedOut;
    }

    async Task<TestRun> EndAsync(WorkflowDefinition? definition)
    {
        try
        {
            return new TestRun(document, definition, await handle.Completion.ConfigureAwait(false));
        }
        finally
        {
            tasks.Close();
        }
    }
}
