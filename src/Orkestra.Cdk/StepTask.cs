using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;

namespace Orkestra.Cdk;

/// <summary>A step as a task of a chain of CDK states.</summary>
public class StepTask : LambdaInvoke
{
    readonly PolicyStatement? olderVersions;

    internal StepTask(Construct scope, string id, LambdaInvokeProps props, PolicyStatement? olderVersions)
        : base(scope, id, props) => this.olderVersions = olderVersions;

    /// <summary>Lets executions that began before a deployment call the version of then.</summary>
    protected override void WhenBoundToGraph(StateGraph graph)
    {
        base.WhenBoundToGraph(graph);
        if (olderVersions is not null) graph.RegisterPolicyStatement(olderVersions);
    }
}
