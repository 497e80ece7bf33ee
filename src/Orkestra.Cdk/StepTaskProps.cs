using Amazon.CDK.AWS.StepFunctions;

namespace Orkestra.Cdk;

/// <summary>
/// How a step becomes a task of a chain: everything CDK knows of a task, with these defaults.
/// <list type="table">
/// <item><term><c>Comment</c></term><description>the step's <c>Description</c></description></item>
/// <item><term><c>TaskTimeout</c>, <c>HeartbeatTimeout</c></term><description>the step's <c>Timeout</c> and <c>Heartbeat</c></description></item>
/// <item><term><c>OutputPath</c></term><description><c>$.Payload</c>, so that the step's output is the task's, unless <c>ResultPath</c> or <c>ResultSelector</c> is given</description></item>
/// </list>
/// </summary>
public class StepTaskProps : TaskStateBaseProps
{
    /// <summary>The construct's id, which is the state's name; the step's name by default, numbered when the scope has it already.</summary>
    public string? Id { get; set; }

    /// <summary>What the step is given; the state's input by default.</summary>
    public TaskInput? Payload { get; set; }

    /// <summary>How the step's function is deployed.</summary>
    public StepFunctionProps? Function { get; set; }

    /// <summary>
    /// Calls a published version of the function and keeps old ones, so that a running execution ends with the functions it started with; true by default.
    /// </summary>
    public bool Versions { get; set; } = true;

    /// <summary>Retries when the Lambda service fails for a passing reason; true by default. The step's own <c>Retry</c> comes first.</summary>
    public bool RetryOnServiceExceptions { get; set; } = true;
}
