namespace Orkestra.Expressions.Evaluation;

/// <summary>Why an expression gave no value.</summary>
public enum ExpressionFailure
{
    /// <summary>A JSONPath found nothing.</summary>
    PathMiss,

    /// <summary>An intrinsic function refused its arguments.</summary>
    Intrinsic,
}
