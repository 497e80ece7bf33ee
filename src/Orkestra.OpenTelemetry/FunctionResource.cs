using OpenTelemetry.Resources;
using Orkestra.Lambda;
using Orkestra.Lambda.Runtime;

namespace Orkestra.OpenTelemetry;

/// <summary>Says what the spans come from.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/resource/faas/</remarks>
internal static class FunctionResource
{
    public static void Describe(ResourceBuilder resource)
    {
        var environment = LambdaEnvironment.Current;
        resource.AddService(environment[FunctionVariables.Service] ?? environment["OTEL_SERVICE_NAME"] ?? environment.FunctionName ?? AppDomain.CurrentDomain.FriendlyName);
        if (environment.FunctionName is not { } name)
            return;
        var attributes = new Dictionary<string, object>
        {
            ["cloud.provider"] = "aws",
            ["cloud.platform"] = "aws_lambda",
            ["faas.name"] = name,
        };
        Add("cloud.region", environment.Region);
        Add("faas.version", environment.FunctionVersion);
        Add("faas.instance", environment["AWS_LAMBDA_LOG_STREAM_NAME"]);
        Add("aws.log.group.names", environment["AWS_LAMBDA_LOG_GROUP_NAME"]);
        if (environment.MemorySize is { } megabytes)
            attributes["faas.max_memory"] = megabytes * 1024L * 1024L;
        resource.AddAttributes(attributes);

        void Add(string key, string? value)
        {
            if (value is not null)
                attributes[key] = value;
        }
    }
}
