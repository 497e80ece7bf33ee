using Amazon.CDK;
using Orkestra.Lambda;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>A CDK app of the samples: its stack, and what its functions' program holds.</summary>
public sealed record Sample(string Name, Func<App, string, Stack> Stack, Action<LambdaOptions> Functions)
{
    public static readonly Sample[] All =
    [
        new("HelloOrkestra", (app, id) => new HelloOrkestraStack(app, id), options => options.Add(new HelloOrkestra())),
        new("MapJob", (app, id) => new MapJobStack(app, id), options => options.Add(new MapJob())),
        new("SingleFunction", (app, id) => new SingleFunctionStack(app, id), options => options.Add(new SingleStep())),
        new("Rest", (app, id) => new RestStack(app, id), OrderFunctions.Add),
        new("Batch", (app, id) => new BatchStack(app, id), OrderFunctions.Add),
        new("CdkComposition", (app, id) => new CdkCompositionStack(app, id), OrderFunctions.Add),
        new("Observability", (app, id) => new ObservabilityStack(app, id), options => options.Add(new Watch())),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static Sample Of(string name) => All.Single(sample => sample.Name == name);

    public override string ToString() => Name;
}
