using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Evaluation;

/// <summary>A path, intrinsic function or template could not be evaluated over the data it was given.</summary>
/// <param name="error">The error's name as a Retrier or Catcher sees it, such as <c>States.Runtime</c>.</param>
/// <param name="message">The cause as Step Functions words it, without the sentence that names the state.</param>
/// <param name="miss">Why a path found nothing, when that is the reason.</param>
public sealed class ExpressionException(string error, string message, JsonPathMiss? miss = null) : Exception(message)
{
    /// <summary>The name of a path that finds nothing.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>The name of an intrinsic function that refuses its arguments.</summary>
    public const string IntrinsicFailure = "States.IntrinsicFailure";

    /// <summary>The error's name as a Retrier or Catcher sees it.</summary>
    public string Error { get; } = error;

    /// <summary>Why a path found nothing, when that is the reason.</summary>
    public JsonPathMiss? Miss { get; } = miss;
}
