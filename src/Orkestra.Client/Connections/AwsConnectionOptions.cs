using Amazon.Runtime;

namespace Orkestra.Client.Connections;

/// <summary>How AWS Step Functions is reached. Do not change options that a connection uses.</summary>
public sealed record AwsConnectionOptions
{
    /// <summary>
    /// The region, such as <c>eu-central-1</c>. When null, the default, it is found as AWS SDKs find it: <c>AWS_REGION</c>, the profile, the instance.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>The credentials. When null, the default, they are found as AWS SDKs find them: environment variables, profiles, the role of the container or the instance.</summary>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>
    /// The address. When null, the default, <c>AWS_ENDPOINT_URL_SFN</c>, then <c>AWS_ENDPOINT_URL</c>, then that of the service in the region.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The clock of signatures and of pauses between requests; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
