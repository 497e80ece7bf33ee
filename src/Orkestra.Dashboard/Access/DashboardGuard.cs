using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Orkestra.AspNetCore;

namespace Orkestra.Dashboard.Access;

/// <summary>What a caller may do.</summary>
internal enum CallerRight
{
    /// <summary>Nothing, and nothing is said.</summary>
    Refused,

    /// <summary>Enter the token.</summary>
    SignIn,

    /// <summary>All that the dashboard offers.</summary>
    Use,
}

/// <summary>Decides who may use the dashboard. A person enters the token once, and a cookie that is made from it stands in for it.</summary>
internal sealed class DashboardGuard(DashboardOptions options)
{
    const string CookieName = "orkestra";

    readonly CallerCheck callers = new(options.Token);
    readonly string? cookie = options.Token is { } token ? Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "Orkestra dashboard"u8)) : null;

    internal CallerRight RightOf(HttpContext context)
    {
        if (!CallerCheck.IsOwnPage(context)) return CallerRight.Refused;
        if (options.AllowsCaller is { } allows) return allows(context) ? CallerRight.Use : CallerRight.Refused;
        if (callers.Presents(context) || HasCookie(context)) return CallerRight.Use;
        return cookie is null ? CallerRight.Refused : CallerRight.SignIn;
    }

    /// <summary>Remembers who entered the token.</summary>
    /// <returns>False when it is not the token.</returns>
    internal bool TrySignIn(HttpContext context, string entered, string path)
    {
        if (cookie is null || options.Token is null || !Same(entered, options.Token)) return false;
        context.Response.Cookies.Append(CookieName, cookie, new CookieOptions { HttpOnly = true, IsEssential = true, Path = path, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps });
        return true;
    }

    bool HasCookie(HttpContext context) => cookie is not null && context.Request.Cookies[CookieName] is { } given && Same(given, cookie);

    static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
