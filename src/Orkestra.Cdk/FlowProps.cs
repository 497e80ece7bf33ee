using Orkestra.Authoring;

namespace Orkestra.Cdk;

/// <summary>How the functions of a flow's steps are deployed.</summary>
public class FlowProps
{
    /// <summary>Props for the functions of all steps; a step's own options come before them.</summary>
    public StepFunctionProps? Functions { get; set; }

    /// <summary>Props for the function of a step, which come before all others; null for none.</summary>
    public Func<IStep, StepFunctionProps?>? FunctionFor { get; set; }

    /// <summary>Switches logs, metrics and traces of the functions on or off, and X-Ray with it; by default as the workflow says.</summary>
    public bool? Observability { get; set; }

    /// <summary>
    /// Calls published versions of the functions and keeps old ones, so that a running execution ends with the functions it started with; true by default. When false an
    /// execution may meet newer functions on its way, and a deployment replaces the old ones.
    /// </summary>
    public bool Versions { get; set; } = true;
}
