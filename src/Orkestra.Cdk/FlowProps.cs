using Amazon.CDK.AWS.IAM;
using Orkestra.Authoring;

namespace Orkestra.Cdk;

/// <summary>How the functions of a flow's steps are deployed.</summary>
public class FlowProps
{
    /// <summary>Props for the functions of all steps; a step's own options come before them.</summary>
    public StepFunctionProps? Functions { get; set; }

    /// <summary>Props for the function of a step, which come before all others; null for none.</summary>
    public Func<IStep, StepFunctionProps?>? FunctionFor { get; set; }

    /// <summary>
    /// What the placeholders of the definition stand for: <c>["OrdersTable"] = table.TableName</c> for <c>${OrdersTable}</c> in the arguments of a service call. Names are letters, digits and
    /// <c>_</c>. None by default.
    /// </summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; set; } = new Dictionary<string, string>();

    /// <summary>
    /// What a state of a service call is allowed, by the state's name, instead of what is derived from its arguments; null, or a result of null, leaves it at that. Use it where arguments are
    /// computed, so that the derived statement names every resource of a kind.
    /// </summary>
    public Func<string, IReadOnlyList<PolicyStatement>?>? PermissionsFor { get; set; }

    /// <summary>Switches logs, metrics and traces of the functions on or off, and X-Ray with it; by default as the workflow says.</summary>
    public bool? Observability { get; set; }

    /// <summary>
    /// Calls published versions of the functions and keeps old ones, so that a running execution ends with the functions it started with; true by default. When false an
    /// execution may meet newer functions on its way, and a deployment replaces the old ones.
    /// </summary>
    public bool Versions { get; set; } = true;
}
