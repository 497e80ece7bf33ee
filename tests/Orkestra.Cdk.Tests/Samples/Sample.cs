using Amazon.CDK;
using Orkestra.Lambda;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>A CDK app of the samples: its stack, and its functions' program with what that holds.</summary>
public sealed record Sample(string Name, string Program, Func<App, string, Stack> Stack, Action<LambdaOptions> Functions)
{
    public static readonly Sample[] All =
    [
        new("HelloOrkestra", "HelloOrkestra", (app, id) => new HelloOrkestraStack(app, id), options => options.Add(new HelloOrkestra())),
        new("MapJob", "MapJob", (app, id) => new MapJobStack(app, id), options => options.Add(new MapJob())),
        new("OrdersProcess", "OrdersProcess", (app, id) => new OrdersProcessStack(app, id), options => options.Add(new OrderProcess()).Add(new Shipping())),
        new("SingleFunction", "SingleStep", (app, id) => new SingleFunctionStack(app, id), options => options.Add(new SingleStep())),
        new("Rest", "Orders", (app, id) => new RestStack(app, id), OrderFunctions.Add),
        new("Batch", "Orders", (app, id) => new BatchStack(app, id), OrderFunctions.Add),
        new("CdkComposition", "Orders", (app, id) => new CdkCompositionStack(app, id), OrderFunctions.Add),
        new("Observability", "Observed", (app, id) => new ObservabilityStack(app, id), options => options.Add(new Watch())),
    ];

    public static TheoryData<string> Names => [.. All.Select(sample => sample.Name)];

    public static Sample Of(string name) => All.Single(sample => sample.Name == name);

    public override string ToString() => Name;
}
