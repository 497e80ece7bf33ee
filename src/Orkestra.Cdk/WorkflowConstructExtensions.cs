using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Composition;

namespace Orkestra.Cdk;

/// <summary>Deploys workflows.</summary>
public static class WorkflowConstructExtensions
{
    /// <summary>A workflow as a state machine, with a function for each of its steps.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="scope">Where it belongs.</param>
    /// <param name="props">How it is deployed; with the defaults of <see cref="WorkflowProps"/> when null.</param>
    /// <exception cref="WorkflowException">The definition of the workflow is invalid.</exception>
    /// <exception cref="SynthesisException">It cannot be deployed as asked.</exception>
    public static WorkflowStateMachine StateMachine(this Workflow workflow, Construct scope, WorkflowProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(scope);
        props ??= new WorkflowProps();
        var plan = WorkflowPlan.Of(workflow, props.StateMachineType == StateMachineType.EXPRESS);
        return new WorkflowStateMachine(scope, props.Id ?? workflow.Name, plan, props);
    }

    /// <summary>A workflow as a chain of CDK states, to be composed with others. Its functions belong to the scope.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="scope">Where its states and functions belong.</param>
    /// <param name="props">How its functions are deployed.</param>
    /// <exception cref="WorkflowException">The definition of the workflow is invalid.</exception>
    /// <exception cref="SynthesisException">It cannot be composed.</exception>
    public static Chain Definition(this Workflow workflow, Construct scope, FlowProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(scope);
        return FlowChain.Of(scope, FlowDefinition.Compile(workflow), props, workflow);
    }

    /// <summary>A workflow as a state machine that is started on a schedule.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="scope">Where it belongs.</param>
    /// <param name="props">When and how it is started, and how it is deployed.</param>
    /// <exception cref="WorkflowException">The definition of the workflow is invalid.</exception>
    /// <exception cref="SynthesisException">It cannot be deployed or scheduled as asked.</exception>
    public static WorkflowSchedule Schedule(this Workflow workflow, Construct scope, WorkflowScheduleProps props)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(props);
        return new WorkflowSchedule(scope, props.Id ?? $"{workflow.Name}Schedule", workflow.StateMachine(scope, props.Workflow), props);
    }
}
