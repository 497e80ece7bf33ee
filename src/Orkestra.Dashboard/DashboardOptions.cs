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

    /// <summary>Whether the dashboard is read-only: it refuses every request that would change something. The default is false.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>
    /// Decides who may call, in place of <see cref="Token"/> and of the rule for this machine: for an app that authenticates its users itself. Pages of other sites can neither
    /// read nor post in any case. Null, the default, for the rules above.
    /// </summary>
    public Func<HttpContext, bool>? AllowsCaller { get; set; }

    /// <summary>
    /// Finds the workflow that a state machine was made of, by the name of the state machine, so that pages show where each of its steps was written. It is asked for state machines
    /// that were not registered with a workflow, such as those of a definition whose tasks call steps of an assembly, and answers null for those it does not know. It must be quick
    /// and safe to call from any thread. Null, the default, for none.
    /// </summary>
    public Func<string, CompiledWorkflow?>? FindWorkflow { get; set; }
}
