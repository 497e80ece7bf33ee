namespace Orkestra.Expressions.Paths;

/// <summary>What a path starts from.</summary>
public enum JsonPathRoot
{
    /// <summary>The data, <c>$</c>.</summary>
    Data,

    /// <summary>The context object, <c>$$</c>.</summary>
    Context,

    /// <summary>A variable, <c>$name</c>.</summary>
    Variable,
}
