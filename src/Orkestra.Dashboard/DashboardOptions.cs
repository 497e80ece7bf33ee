using Microsoft.AspNetCore.Http;

namespace Orkestra.Dashboard;

/// <summary>Who may use the dashboard, and for what.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// A secret that people enter once, and that programs present as <c>Authorization: Bearer</c>. When null, the default, only this machine may call: the connection comes
    /// from a loopback address, and the <c>Host</c> header names one.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>Whether the dashboard only shows: what would change something is refused. False by default.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>
    /// Decides who may call, in place of <see cref="Token"/> and of the rule for this machine: for an app that authenticates its users itself. Pages of other sites can neither
    /// read nor post in any case. Null, the default, for the rules above.
    /// </summary>
    public Func<HttpContext, bool>? AllowsCaller { get; set; }
}
