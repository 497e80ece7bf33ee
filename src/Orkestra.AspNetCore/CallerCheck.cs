using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orkestra.AspNetCore;

/// <summary>
/// Decides who may call endpoints that work with executions, as <see cref="StepFunctionsEndpoint"/> does. Safe to use from any thread.
/// </summary>
/// <param name="token">
/// The secret that callers present as the access key ID of a signature or as a bearer token. Null allows every caller on this machine that uses one of its own names.
/// </param>
public sealed class CallerCheck(string? token)
{
    // AWS clients put it before the host of actions such as StartSyncExecution.
    const string HostPrefix = "sync-";

    readonly byte[]? expected = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>
    /// Whether a program calls that may. Web pages may not: a browser that posts for one sends <c>Origin</c>, and a page that had its own name resolved to this machine sends that name as
    /// <c>Host</c>.
    /// </summary>
    /// <param name="context">The request.</param>
    public bool Allows(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Request.Headers;
        if (headers.Origin.Count > 0) return false;
        if (headers["Sec-Fetch-Site"] is [{ } site] && site is not "none") return false;
        return Presents(context);
    }

    /// <summary>Whether the caller presents the token or, without one, is on this machine.</summary>
    /// <param name="context">The request.</param>
    public bool Presents(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (expected is not null)
        {
            return Presented(context.Request.Headers.Authorization.ToString()) is { } given
                && CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(given)));
        }

        return IsHere(context.Connection.RemoteIpAddress) && IsLoopback(context.Request.Host.Host);
    }

    /// <summary>Whether a request comes from a page of this server, from a program, or from a person who follows a link: not from a page of another site.</summary>
    /// <param name="context">The request.</param>
    public static bool IsOwnPage(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Request.Headers;
        if (headers.Origin.Count > 0 && (headers.Origin is not [{ } origin] || !IsOwn(origin, context.Request.Host))) return false;
        if (headers["Sec-Fetch-Site"] is not [{ } site] || site is "none" or "same-origin") return true;
        // What a link on another site opens is read by the person alone.
        return HttpMethods.IsGet(context.Request.Method) && headers["Sec-Fetch-Mode"] == "navigate" && headers["Sec-Fetch-Dest"] == "document";
    }

    static bool IsOwn(string origin, HostString host) => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    // A connection without an address is one inside the process.
    static bool IsHere(IPAddress? address) => address is null || IPAddress.IsLoopback(address) || (address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address.MapToIPv4()));

    internal static bool IsLoopback(string host)
    {
        if (host.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase)) host = host[HostPrefix.Length..];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) return true;
        return IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IsHere(address);
    }

    // Authorization: AWS4-HMAC-SHA256 Credential=ID/date/region/states/aws4_request, …
    static string? Presented(string authorization)
    {
        const string Bearer = "Bearer ";
        const string Credential = "Credential=";
        if (authorization.StartsWith(Bearer, StringComparison.Ordinal)) return authorization[Bearer.Length..];
        var start = authorization.IndexOf(Credential, StringComparison.Ordinal);
        if (start < 0) return null;
        start += Credential.Length;
        var end = authorization.IndexOf('/', start);
        return end < 0 ? null : authorization[start..end];
    }
}
