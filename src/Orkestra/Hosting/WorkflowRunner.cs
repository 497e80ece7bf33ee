using System.Diagnostics.CodeAnalysis;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Runs a workflow in this process: compiled once, run any number of times, on one runtime. Most callers want <see cref="WorkflowExtensions"/>. Safe to use from any thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No execution outlives the call that runs it, so that the runtime has nothing to stop.")]
public sealed class WorkflowRunner
{
    readonly OrkestraOptions options;
    readonly OrkestraRuntime runtime;
    readonly ExecutionPlan plan;
    readonly MachineIdentity machine;

    // The steps of the workflows that this one starts, which are the same for all runs.
    readonly IReadOnlyList<StepInvoker> nested = [];

    /// <summary>Creates a runner.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="options">Services, clock, store and more; defaults when null.</param>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    public WorkflowRunner(Workflow workflow, OrkestraOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        this.options = options ?? OrkestraOptions.Default;
        Definition = workflow.Compile();
        plan = ExecutionPlan.Compile(Definition.Document);
        machine = new MachineIdentity { Name = workflow.Name };
        runtime = new OrkestraRuntime(null, this.options);
        if (Definition.StartsItself) nested = [NestedMachines.Add(runtime.StateMachines, Definition, this.options)];
        if (Definition.Workflows.Count > 0) nested = [.. nested, .. NestedMachines.Register(runtime.StateMachines, Definition, this.options)];
    }

    /// <summary>The compiled workflow.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>Runs the workflow to its end.</summary>
    /// <param name="input">The input.</param>
    /// <param name="execution">Name, events and more of this run; defaults when null. The state machine is always named after the workflow.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>How it ended. A run that fails is a result too.</returns>
    public async Task<WorkflowResult> RunAsync(JsonValue input, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var invoker = new StepInvoker(Definition, options);
        var result = await runtime.RunAsync(plan, invoker, input, (execution ?? ExecutionOptions.Default) with { Machine = machine }, cancellationToken).ConfigureAwait(false);
        return new WorkflowResult(Definition, result, result.IsSuccess ? null : invoker.FindFailure(result.Cause) ?? nested.Select(other => other.FindFailure(result.Cause)).FirstOrDefault(static failure => failure is not null)) { FindSize = invoker.FindSize };
    }
}
