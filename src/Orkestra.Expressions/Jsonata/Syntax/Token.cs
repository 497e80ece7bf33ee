namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>A token. <see cref="Position"/> is the offset just after it, which is what errors report.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0)
{
    internal bool Is(string op) => Kind == TokenKind.Operator && Text == op;
}
