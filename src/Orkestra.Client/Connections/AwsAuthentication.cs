using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Internal.Auth;

namespace Orkestra.Client.Connections;

/// <summary>
/// Signs requests with Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). AWSSDK.Core finds the credentials and
/// signs; a request of this API has one path and no query, so that its canonical form is short.
/// </summary>
internal sealed class AwsAuthentication(AwsConnectionOptions options) : IRequestAuthentication
{
    const string Service = "states";

    readonly string region = AwsAddress.RegionOf(options);
    readonly DefaultAWSCredentialsIdentityResolver resolver = new();

    public async ValueTask AuthenticateAsync(HttpRequestMessage request, byte[] content, CancellationToken cancellationToken)
    {
        // Found anew for each request, because those of a role expire.
        var source = options.Credentials ?? await resolver.ResolveIdentityAsync(null, cancellationToken).ConfigureAwait(false);
        var credentials = await source.GetCredentialsAsync().ConfigureAwait(false);
        Sign(request, content, credentials, options.TimeProvider.GetUtcNow());
    }

    public void Dispose() => resolver.Dispose();

    void Sign(HttpRequestMessage request, byte[] content, ImmutableCredentials credentials, DateTimeOffset time)
    {
        request.Headers.Add("X-Amz-Date", time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        if (credentials.UseToken) request.Headers.Add("X-Amz-Security-Token", credentials.Token);
        var address = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = request.Content!.Headers.ContentType!.ToString(),
            ["host"] = address.IsDefaultPort ? address.Host : address.Authority,
        };
        foreach (var (name, values) in request.Headers) headers[name.ToLowerInvariant()] = string.Join(',', values);
        var names = string.Join(';', headers.Keys);
        var canonical = $"{request.Method}\n{address.AbsolutePath}\n\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{Convert.ToHexStringLower(SHA256.HashData(content))}";
        var signed = AWS4Signer.ComputeSignature(credentials, region, time.UtcDateTime, Service, names, canonical);
        request.Headers.TryAddWithoutValidation("Authorization", signed.ForAuthorizationHeader);
    }
}
