using Amazon.CDK;
using Constructs;
using Orkestra.Cdk;

/// <summary>A map with captured errors, started by hand.</summary>
public sealed class MapJobStack : Stack
{
    public MapJobStack(Construct scope, string id, IStackProps? props = null)
        : base(scope, id, props) =>
        new MapJob().StateMachine(this, new() { Functions = new() { MemorySize = 256 } });
}
