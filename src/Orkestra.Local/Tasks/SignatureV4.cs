using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orkestra.Local.Tasks;

/// <summary>Signs requests with Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).</summary>
internal sealed class SignatureV4(string accessKeyId, string secretKey, string? sessionToken, string region, string service)
{
    const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds date, content hash, token and authorization to a request.</summary>
    internal void Sign(HttpRequestMessage request, byte[] content, DateTimeOffset time)
    {
        var date = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        if (service == "s3") request.Headers.TryAddWithoutValidation("X-Amz-Content-Sha256", hash);
        if (sessionToken is { Length: > 0 }) request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", sessionToken);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.IsDefaultPort ? request.RequestUri.Host : request.RequestUri.Authority };
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)) headers[name.ToLowerInvariant()] = string.Join(',', values.Select(value => value.Trim()));
        }

        if (request.Content?.Headers.ContentType is { } type) headers["content-type"] = type.ToString();
        var signed = string.Join(';', headers.Keys);
        var scope = $"{date[..8]}/{region}/{service}/aws4_request";
        var canonical = $"{request.Method}\n{PathOf(request.RequestUri)}\n{QueryOf(request.RequestUri)}\n{string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))}\n{signed}\n{hash}";
        var toSign = $"{Algorithm}\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in (string[])[date[..8], region, service, "aws4_request"]) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKeyId}/{scope}, SignedHeaders={signed}, Signature={signature}");
    }

    // S3 signs the path as it is sent; other services escape it once more.
    string PathOf(Uri address) => service == "s3" ? address.AbsolutePath : string.Join('/', address.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    static string QueryOf(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
}
