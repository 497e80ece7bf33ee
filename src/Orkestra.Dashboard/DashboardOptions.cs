using Microsoft.AspNetCore.Http;
using Orkestra.Authoring;

namespace Orkestra.Dashboard;

/// <summary>Who may use the dashboard, and for what.</summary>
public sealed class DashboardOptions
{
    /// <summary>
    /// A secret that people enter once, and that programs present as <c>Authorization: Bearer</c>. When null, the default, only this machine may call: the connection comes
    /// from a loopback address, and the <c>Host</c> header names one.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>Whether the dashboard is read-only: it refuses every request that would change something. The default is false.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>
    /// Decides who may call, in place of <see cref="Token"/> and of the rule for this machine: for an app that authenticates its users itself. Pages of other sites can neither
    /// read nor post in any case. Null, the default, for the rules above.
    /// </summary>
    public Func<HttpContext, bool>? AllowsCaller { get; set; }

    /// <summary>
    /// Finds the workflow that a state machine was made of, and the path of its assembly, by the name of the state machine: for those whose steps are not invoked as steps of a
    /// registered workflow. Null, the default, for none.
    /// </summary>
    internal Func<string, (WorkflowDefinition Definition, string Assembly)?>? FindWorkflow { get; set; }
}
