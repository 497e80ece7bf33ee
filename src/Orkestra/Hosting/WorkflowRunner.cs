using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Runs a workflow in this process: compiled once, run any number of times. Most callers want <see cref="WorkflowExtensions"/>.</summary>
public sealed class WorkflowRunner
{
    readonly WorkflowRunOptions options;
    readonly ExecutionPlan plan;
    readonly MachineIdentity machine;

    /// <summary>A runner.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="options">Services, clock and more; defaults when null.</param>
    /// <exception cref="WorkflowException">The workflow is not defined well.</exception>
    public WorkflowRunner(Workflow workflow, WorkflowRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        this.options = options ?? WorkflowRunOptions.Default;
        Definition = workflow.Compile();
        plan = ExecutionPlan.Compile(Definition.Document);
        machine = new MachineIdentity { Name = workflow.Name };
    }

    /// <summary>The compiled workflow.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>Runs the workflow to its end.</summary>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>How it ended. A run that fails is a result too.</returns>
    public async Task<WorkflowResult> RunAsync(JsonValue input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var invoker = new StepInvoker(Definition, options);
        var runner = new ExecutionRunner(invoker, new ExecutionRunnerOptions { TimeProvider = options.TimeProvider });
        var execution = await runner
            .RunAsync(plan, input, new ExecutionOptions { Name = options.Name, OnEvent = options.OnEvent, Machine = machine }, cancellationToken)
            .ConfigureAwait(false);
        return new WorkflowResult(Definition, execution, execution.IsSuccess ? null : invoker.FindFailure(execution.Cause)) { FindSize = invoker.FindSize };
    }
}
