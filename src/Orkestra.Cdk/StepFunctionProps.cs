using Amazon.CDK.AWS.Lambda;

namespace Orkestra.Cdk;

/// <summary>
/// How the function of a step is deployed: everything CDK knows of a function (memory, timeout, layers, environment, architecture, VPC, tracing …), with these
/// defaults.
/// <list type="table">
/// <item><term><c>MemorySize</c></term><description>the step's <c>Memory</c>, else 512 MiB</description></item>
/// <item><term><c>Timeout</c></term><description>the step's <c>Timeout</c>, else one minute</description></item>
/// <item><term><c>Environment</c></term><description>the step's <c>Environment</c>; variables set here are added and take precedence</description></item>
/// <item><term><c>Description</c></term><description>the step's <c>Description</c></description></item>
/// <item><term><c>Architecture</c></term><description>that of the executable in a published folder, else arm64: a GB-second costs a fifth less there (https://aws.amazon.com/lambda/pricing/)</description></item>
/// <item><term><c>LogGroup</c></term><description>one of its own that keeps logs for <c>LogRetention</c>, else a month</description></item>
/// <item><term><c>Role</c></term><description>one of its own that may write to that log group, and what CDK adds for tracing, dead letters and the like</description></item>
/// <item><term><c>Tracing</c></term><description>active with <see cref="Observability"/>, else off</description></item>
/// <item><term><c>CurrentVersionOptions</c></term><description>old versions are kept</description></item>
/// </list>
/// </summary>
public class StepFunctionProps : FunctionOptions
{
    /// <summary>The construct's id; the step's name and <c>Function</c> by default.</summary>
    public string? Id { get; set; }

    /// <summary>The program the step is in; by default the nearest one that <see cref="FunctionPackageExtensions.UseFunctions"/> names.</summary>
    public FunctionPackage? Package { get; set; }

    /// <summary>
    /// Switches JSON logs, metrics and traces on or off (<c>ORKESTRA_OBSERVABILITY</c>), and X-Ray with it; by default as the program says. Its start takes longer, so a
    /// step's timeout needs some seconds more than its work.
    /// </summary>
    public bool? Observability { get; set; }
}
