using Amazon.CDK;
using Constructs;
using Orkestra.Cdk;

/// <summary>Greets the world every five minutes.</summary>
public sealed class HelloOrkestraStack : Stack
{
    public HelloOrkestraStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props) =>
        Schedule = new HelloOrkestra().Schedule(this, new() { Rate = Duration.Minutes(5) });

    public WorkflowSchedule Schedule { get; }
}
