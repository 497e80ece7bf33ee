using Orkestra.Lambda;
using Orkestra.OpenTelemetry;

/// <summary>What the deployed program holds. Traces go to a collector only when OpenTelemetry is added to the project, as here.</summary>
public static class WatchFunctions
{
    public static void Add(LambdaOptions options) => options.Add(new Watch()).UseServices(services => services.AddOrkestraOpenTelemetry());
}
