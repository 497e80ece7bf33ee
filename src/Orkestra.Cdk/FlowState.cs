using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;

namespace Orkestra.Cdk;

/// <summary>A state of an Orkestra flow among CDK's states.</summary>
public class FlowState : CustomState
{
    readonly IReadOnlyList<PolicyStatement> permissions;

    internal FlowState(Construct scope, string id, Dictionary<string, object> json, IReadOnlyList<PolicyStatement> permissions)
        : base(scope, id, new CustomStateProps { StateJson = json }) =>
        this.permissions = permissions;

    /// <summary>Gives the state machine what the state needs.</summary>
    protected override void WhenBoundToGraph(StateGraph graph)
    {
        base.WhenBoundToGraph(graph);
        foreach (var statement in permissions) graph.RegisterPolicyStatement(statement);
    }
}
