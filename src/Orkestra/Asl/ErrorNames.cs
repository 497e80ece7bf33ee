namespace Orkestra.Asl;

/// <summary>
/// The reserved names of errors, as <c>Retry</c>, <c>Catch</c>, <c>Fail</c> and the result of an execution have them: those of the
/// <see href="https://states-language.net/spec.html#appendix-a">specification</see>, and those that
/// <see href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">AWS Step Functions</see> adds.
/// </summary>
public static class ErrorNames
{
    /// <summary>Matches every error in <c>Retry</c> and <c>Catch</c>, except <see cref="Runtime"/> and a <see cref="DataLimitExceeded"/> that is not the task's own. No state ends with it.</summary>
    public const string All = "States.ALL";

    /// <summary>A branch of a Parallel state failed.</summary>
    public const string BranchFailed = "States.BranchFailed";

    /// <summary>An input, an output or a result is larger than 256 KiB. <c>Retry</c> and <c>Catch</c> handle it only where the result of a task is too large.</summary>
    public const string DataLimitExceeded = "States.DataLimitExceeded";

    /// <summary>More items of a distributed Map failed than it tolerates.</summary>
    public const string ExceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold";

    /// <summary>A task sent no heartbeat within <c>HeartbeatSeconds</c>.</summary>
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";

    /// <summary>An HTTP task could not reach its endpoint. An answer that is refused has the name <c>States.Http.StatusCode.</c> and the status code.</summary>
    public const string HttpSocket = "States.Http.Socket";

    /// <summary>An intrinsic function failed.</summary>
    public const string IntrinsicFailure = "States.IntrinsicFailure";

    /// <summary>The items of a distributed Map could not be read.</summary>
    public const string ItemReaderFailed = "States.ItemReaderFailed";

    /// <summary>No rule of a Choice state matched, and the state has no <c>Default</c>.</summary>
    public const string NoChoiceMatched = "States.NoChoiceMatched";

    /// <summary>A path in <c>Parameters</c> selects nothing.</summary>
    public const string ParameterPathFailure = "States.ParameterPathFailure";

    /// <summary>The role of the state machine is not allowed to call the service.</summary>
    public const string Permissions = "States.Permissions";

    /// <summary>A JSONata expression failed, or gave a value that its field does not take.</summary>
    public const string QueryEvaluationError = "States.QueryEvaluationError";

    /// <summary><c>ResultPath</c> cannot place the result in the input.</summary>
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";

    /// <summary>The results of a distributed Map could not be written.</summary>
    public const string ResultWriterFailed = "States.ResultWriterFailed";

    /// <summary>The state could not be evaluated, such as a path that selects nothing. <c>Retry</c> and <c>Catch</c> do not handle it.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>Matches every error of a task except <see cref="Timeout"/>, <see cref="QueryEvaluationError"/> and <see cref="Runtime"/>.</summary>
    public const string TaskFailed = "States.TaskFailed";

    /// <summary>A task took longer than <c>TimeoutSeconds</c> or sent no heartbeat in time, or the execution took longer than the <c>TimeoutSeconds</c> of the state machine.</summary>
    public const string Timeout = "States.Timeout";
}
