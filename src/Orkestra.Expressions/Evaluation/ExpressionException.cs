using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Evaluation;

/// <summary>A path, intrinsic function or template could not be evaluated over the data it was given.</summary>
public sealed class ExpressionException : Exception
{
    internal ExpressionException(ExpressionFailure failure, string message, string? location = null, JsonPathMiss? miss = null, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Location = location;
        Miss = miss;
    }

    /// <summary>What went wrong.</summary>
    public ExpressionFailure Failure { get; }

    /// <summary>
    /// The error's name as Step Functions gives it: <c>States.Runtime</c>, which nothing catches. The specification has <c>States.IntrinsicFailure</c> for functions that
    /// refuse their arguments; AWS does not list it.
    /// </summary>
    public string Error { get; } = "States.Runtime";

    /// <summary>The field, such as <c>Output/result</c>; null when the expression stands alone.</summary>
    public string? Location { get; }

    /// <summary>Why a path found nothing, when that is the reason.</summary>
    public JsonPathMiss? Miss { get; }
}
