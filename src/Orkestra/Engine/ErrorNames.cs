namespace Orkestra.Engine;

/// <summary>The error names of the specification (https://states-language.net/spec.html#appendix-a) and those AWS adds.</summary>
internal static class ErrorNames
{
    internal const string All = "States.ALL";
    internal const string BranchFailed = "States.BranchFailed";
    internal const string DataLimitExceeded = "States.DataLimitExceeded";
    internal const string ExceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold";
    internal const string HeartbeatTimeout = "States.HeartbeatTimeout";
    internal const string IntrinsicFailure = "States.IntrinsicFailure";
    internal const string ItemReaderFailed = "States.ItemReaderFailed";
    internal const string NoChoiceMatched = "States.NoChoiceMatched";
    internal const string ParameterPathFailure = "States.ParameterPathFailure";
    internal const string QueryEvaluationError = "States.QueryEvaluationError";
    internal const string ResultPathMatchFailure = "States.ResultPathMatchFailure";
    internal const string ResultWriterFailed = "States.ResultWriterFailed";
    internal const string Runtime = "States.Runtime";
    internal const string TaskFailed = "States.TaskFailed";
    internal const string Timeout = "States.Timeout";
}
