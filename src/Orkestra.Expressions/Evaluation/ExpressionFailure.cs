namespace Orkestra.Expressions.Evaluation;

/// <summary>Why an expression gave no value.</summary>
public enum ExpressionFailure
{
    /// <summary>A JSONPath found nothing.</summary>
    PathMiss,

    /// <summary>An intrinsic function refused its arguments.</summary>
    Intrinsic,

    /// <summary>A JSONata expression gave nothing (undefined).</summary>
    Undefined,

    /// <summary>A JSONata expression gave a value of another type than the field takes.</summary>
    UnexpectedType,

    /// <summary>A JSONata expression gave a function.</summary>
    UnsupportedType,

    /// <summary>A JSONata expression failed.</summary>
    Thrown,
}
