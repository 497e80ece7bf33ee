using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>A run under way.</summary>
public sealed class StartedRun
{
    readonly TestInvoker tasks;
    readonly ExecutionHandle handle;

    internal StartedRun(
        StateMachine document, WorkflowDefinition? definition, ExecutionPlan plan, TestInvoker tasks, IReadOnlyList<RegisteredStateMachine> machines, SkippingTimeProvider clock,
        JsonValue input)
    {
        this.tasks = tasks;
        var runtime = new OrkestraRuntime(tasks, new OrkestraOptions { TimeProvider = clock });
        tasks.Runtime = runtime;
        foreach (var machine in machines) runtime.StateMachines.Add(machine);
        tasks.AddNested(runtime.StateMachines);
        var options = new ExecutionOptions { Seed = 1, Machine = new MachineIdentity { Name = definition?.Workflow.Name ?? "StateMachine" }, StartsOnCallingThread = true };
        // Nothing is stored, so the execution has started when the call returns.
        handle = runtime.StartAsync(plan, input, options).GetAwaiter().GetResult();
        Completion = EndAsync(document, definition);
    }

    /// <summary>The end of the run. A run that fails is not an exception; the assertions of <see cref="TestRun"/> say what was expected.</summary>
    public Task<TestRun> Completion { get; }

    /// <summary>The current status of the run.</summary>
    public ExecutionStatus Status => handle.Status;

    /// <summary>Waits until a task waits for its token.</summary>
    /// <param name="state">The state; any when null.</param>
    /// <exception cref="InvalidOperationException">The run ended without such a task.</exception>
    public async Task<PendingCallback> CallbackAsync(string? state = null)
    {
        await foreach (var callback in tasks.Callbacks.ReadAllAsync().ConfigureAwait(false))
        {
            if (state is null || callback.State == state) return callback;
        }

        var run = await Completion.ConfigureAwait(false);
        throw new InvalidOperationException($"The run ended before {(state is null ? "a task" : $"the state '{state}'")} waited for a token.{Environment.NewLine}{run.Describe()}");
    }

    /// <summary>Stops the run (StopExecution).</summary>
    public Task StopAsync(string? error = null, string? cause = null) => handle.StopAsync(error, cause);

    async Task<TestRun> EndAsync(StateMachine document, WorkflowDefinition? definition)
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
