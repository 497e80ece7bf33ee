using Amazon.CDK;
using Constructs;
using Orkestra.Cdk;

/// <summary>
/// A workflow whose one switch is on: X-Ray follows an execution through the state machine and its functions. A function that starts with OpenTelemetry takes
/// longer to, so it has more memory and more time than its work needs.
/// </summary>
public sealed class ObservabilityStack : Stack
{
    public ObservabilityStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props) =>
        new Watch().StateMachine(this, new() { Functions = new() { MemorySize = 1024, Timeout = Duration.Seconds(30) } });
}
