using Amazon.CDK;
using Constructs;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../OrkestraFlow1"));
_ = new OrkestraFlow1Stack(app, "OrkestraFlow1");
app.Synth();

/// <summary>One Lambda function per step, and the state machine that calls them.</summary>
public sealed class OrkestraFlow1Stack : Stack
{
    public OrkestraFlow1Stack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props) =>
        new OrkestraFlow1().StateMachine(this);
}
