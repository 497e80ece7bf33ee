using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Authoring;
using Orkestra.Cdk.Permissions;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Cdk;

/// <summary>The state machines that a workflow starts, and what it may do with them.</summary>
internal static class NestedStateMachines
{
    /// <summary>The state machine of a workflow that another one starts: the given one, or a new one below the other.</summary>
    public static IStateMachine Make(WorkflowStateMachine owner, Workflow workflow, WorkflowProps props, IReadOnlyList<Workflow> around)
    {
        if (props.StateMachineFor?.Invoke(workflow) is { } given)
        {
            return given is not WorkflowStateMachine { Definition.Workflow: var other } || other.GetType() == workflow.GetType() ? given : throw new SynthesisException(
                $"{nameof(WorkflowProps.StateMachineFor)} gives the state machine of {other.Name} for {workflow.Name}, which {around[^1].Name} starts: give the one of {workflow.Name}, or null to deploy it.");
        }

        if (around.Any(other => other.GetType() == workflow.GetType() && other.Name == workflow.Name))
        {
            throw new SynthesisException(
                $"The workflows {string.Join(" and ", around.Select(static other => other.Name).Distinct())} start each other, so that each state machine would need the ARN of the other before it is deployed: set {nameof(WorkflowProps.StateMachineFor)} and give "
                + $"{workflow.Name} as StateMachine.FromStateMachineName(…), with a StateMachineName for the deployed one.");
        }

        // What names the other state machine, or belongs to it alone, is not for this one.
        var own = Functions.StructCopy.Fill(props, new WorkflowProps { StateMachineType = StateMachineType.STANDARD, Id = workflow.Name });
        (own.StateMachineName, own.Alias, own.Role, own.Configure) = (null, null, null, null);
        // These have defaults, which count as set.
        (own.Substitutions, own.Versions) = (props.Substitutions, props.Versions);
        return new WorkflowStateMachine(owner, workflow.Name, WorkflowPlan.Of(workflow, express: false), own, around);
    }

    /// <summary>Lets a state machine start another one, wait for it and stop it.</summary>
    public static void Allow(WorkflowStateMachine owner, IStateMachine machine, bool waits)
    {
        // https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
        if (waits && machine is StateMachine { StateMachineType: StateMachineType.EXPRESS })
            throw new SynthesisException($"{owner.Definition.Workflow.Name} waits for {machine.Node.Path}, which is an Express workflow, and only a Standard one can be waited for: deploy it as Standard, or start it with .AsDetachedStep().");
        foreach (var statement in Starting(owner, machine, waits)) owner.AddToRolePolicy(statement);
    }

    /// <summary>The same for itself. It is a policy of its own, made after the state machine, whose ARN it needs.</summary>
    public static void AllowItself(WorkflowStateMachine owner, bool waits) =>
        owner.Role.AttachInlinePolicy(new Policy(owner, "StartItselfPolicy", new PolicyProps { Statements = [.. Starting(owner, owner, waits)] }));

    static IEnumerable<PolicyStatement> Starting(WorkflowStateMachine owner, IStateMachine machine, bool waits) =>
        StartGrants.Of(new StackArns(Stack.Of(owner)), machine.StateMachineArn, waits).Select(Statements.Of);
}
