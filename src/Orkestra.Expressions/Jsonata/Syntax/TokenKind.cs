namespace Orkestra.Expressions.Jsonata.Syntax;

internal enum TokenKind
{
    End,
    Operator,
    Name,
    Variable,
    String,
    Number,

    /// <summary>One of <c>true</c>, <c>false</c> and <c>null</c>.</summary>
    Constant,
    Regex,
}
