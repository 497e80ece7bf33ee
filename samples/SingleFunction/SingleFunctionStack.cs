using Amazon.CDK;
using Constructs;
using Orkestra.Cdk;

/// <summary>A step alone is a function like any other.</summary>
public sealed class SingleFunctionStack : Stack
{
    public SingleFunctionStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props)
    {
        var greet = SingleStep.Greet.Function(this, new() { Timeout = Duration.Seconds(10), Description = "Greets by name" });
        _ = new CfnOutput(this, "Name", new CfnOutputProps { Value = greet.FunctionName });
    }
}
