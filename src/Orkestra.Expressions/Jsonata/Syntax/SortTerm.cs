namespace Orkestra.Expressions.Jsonata.Syntax;

internal readonly record struct SortTerm(SyntaxNode Expression, bool Descending);
