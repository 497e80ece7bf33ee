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
        var id = props.Id ?? workflow.Name;
        if (scope.Node.TryFindChild(id) is not null)
            throw new SynthesisException($"{workflow.Name} can't be deployed as '{id}', because {scope.Node.Path} already has a construct with this id: set {nameof(WorkflowProps)}.{nameof(WorkflowProps.Id)} to another one, or override Name if it is the name of another workflow too.");
        return new WorkflowStateMachine(scope, id, plan, props);
    }

    /// <summary>
    /// A workflow as a chain of CDK states, to be composed with others. Its functions belong to the scope. The timeout of the workflow isn't part of the chain: set the one of the state machine.
    /// </summary>
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

    /// <summary>
    /// A workflow as a state machine that is started on a schedule. A second schedule, without <see cref="WorkflowScheduleProps.Workflow"/>, starts the state machine of the first one.
    /// </summary>
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
        var id = props.Id ?? $"{workflow.Name}Schedule";
        if (scope.Node.TryFindChild(id) is not null)
            throw new SynthesisException($"{scope.Node.Path} already has a construct with the id '{id}': set {nameof(WorkflowScheduleProps)}.{nameof(WorkflowScheduleProps.Id)} for another schedule of {workflow.Name}.");
        return new WorkflowSchedule(scope, id, Deployed(workflow, scope, props) ?? workflow.StateMachine(scope, props.Workflow), props);
    }

    static WorkflowStateMachine? Deployed(Workflow workflow, Construct scope, WorkflowScheduleProps props) =>
        props.Workflow is null && scope.Node.TryFindChild(workflow.Name) is WorkflowStateMachine { Definition.Workflow: var deployed } machine && deployed.GetType() == workflow.GetType() ? machine : null;
}
