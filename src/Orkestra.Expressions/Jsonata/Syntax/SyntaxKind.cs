namespace Orkestra.Expressions.Jsonata.Syntax;

internal enum SyntaxKind
{
    /// <summary>The text ended where an expression was expected.</summary>
    Missing,
    Name,
    Variable,
    String,
    Number,
    Constant,
    Regex,
    Wildcard,
    Descendant,
    Parent,

    /// <summary>An operator token that stands where an operand is expected: the words and, or, in, or the <c>?</c> of a partial application.</summary>
    Operator,
    Binary,
    Negation,
    Array,
    Object,
    Block,
    Function,
    Partial,
    Lambda,
    Condition,

    /// <summary><c>left ?: right</c>.</summary>
    Default,

    /// <summary><c>left ?? right</c>.</summary>
    Coalesce,
    Transform,
    Bind,
    Apply,
    Path,
    Sort,
}
