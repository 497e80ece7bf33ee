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

    /// <summary>The error's name as a Retrier or Catcher sees it: <c>States.Runtime</c> or <c>States.IntrinsicFailure</c>.</summary>
    public string Error => Failure == ExpressionFailure.PathMiss ? "States.Runtime" : "States.IntrinsicFailure";

    /// <summary>The field, such as <c>Output/result</c>; null when the expression stands alone.</summary>
    public string? Location { get; }

    /// <summary>Why a path found nothing, when that is the reason.</summary>
    public JsonPathMiss? Miss { get; }
}
