using Amazon;
using Amazon.Runtime;

namespace Orkestra.Client.Connections;

/// <summary>The address and the region of the service.</summary>
internal static class AwsAddress
{
    /// <exception cref="InvalidOperationException">No region is configured, or a variable is not an address.</exception>
    internal static Uri Of(AwsConnectionOptions options)
    {
        if (options.Endpoint is { } given) return given;
        foreach (var variable in (string[])["AWS_ENDPOINT_URL_SFN", "AWS_ENDPOINT_URL"])
        {
            if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value) continue;
            return Uri.TryCreate(value, UriKind.Absolute, out var address) ? address : throw new InvalidOperationException($"{variable} is '{value}', which is not an address. Use one such as http://127.0.0.1:8083.");
        }

        var region = RegionEndpoint.GetBySystemName(RegionOf(options));
        return new Uri($"https://states.{region.SystemName}.{region.PartitionDnsSuffix}");
    }

    /// <exception cref="InvalidOperationException">No region is configured.</exception>
    internal static string RegionOf(AwsConnectionOptions options) => options.Region ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
        ?? throw new InvalidOperationException($"No AWS region is configured. Set {nameof(AwsConnectionOptions)}.{nameof(AwsConnectionOptions.Region)} or AWS_REGION.");
}
