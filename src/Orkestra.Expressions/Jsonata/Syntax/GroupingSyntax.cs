namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>The pairs of an object constructor or of a group-by.</summary>
internal sealed record GroupingSyntax(List<(SyntaxNode Key, SyntaxNode Value)> Pairs, int Position);
