using Amazon.CDK;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk;
using Wait = Amazon.CDK.AWS.StepFunctions.Wait;

/// <summary>Tasks composed by hand with CDK's own states: <c>&gt;&gt;</c> means the same between both.</summary>
public sealed class CdkCompositionStack : Stack
{
    public CdkCompositionStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props)
    {
        var wait = new Wait(this, "Wait", new WaitProps { Time = WaitTime.Duration(Duration.Seconds(10)) });
        var audit = new Pass(this, "Audit");
        var succeed = new Succeed(this, "Succeed");

        var definition =
            wait
            >> OrderSteps.Price.Task(this, new() { Function = new() { MemorySize = 256 } })     // a step as a task of CDK
            >> [OrderSteps.Charge >> OrderSteps.Thank, audit]                                   // a list: a flow beside a state of CDK
            >> succeed;

        _ = new StateMachine(this, "CdkComposition", new StateMachineProps { DefinitionBody = DefinitionBody.FromChainable(definition) });
    }
}
