namespace Orkestra.Expressions.Paths;

/// <summary>Why a definite path found nothing.</summary>
public enum JsonPathMissKind
{
    /// <summary>The last field is not there, or an index before it.</summary>
    NoResults,

    /// <summary>The path ends in an index past the end of an array.</summary>
    NoElement,

    /// <summary>A field before the last one is not there.</summary>
    MissingProperty,

    /// <summary>A field was requested of a value that is not an object.</summary>
    NotAnObject,

    /// <summary>An index was requested of a value that is not an array.</summary>
    NotAnArray,

    /// <summary>There is no variable of this name.</summary>
    NoVariable,

    /// <summary>There is no context object.</summary>
    NoContext,

    /// <summary>The path calls a function that is accepted but gives nothing, such as <c>sum()</c>.</summary>
    NoFunction,
}
