using Amazon.CDK;
using Constructs;
using Orkestra._1;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../Orkestra.1"));
_ = new PlaceOrderStack(app, "PlaceOrder");
app.Synth();

/// <summary>One Lambda function per step, and the state machine that calls them.</summary>
public sealed class PlaceOrderStack : Stack
{
    public PlaceOrderStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props) =>
        new PlaceOrder().StateMachine(this);
}
