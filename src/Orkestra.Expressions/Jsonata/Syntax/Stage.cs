namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>What follows a step: a predicate, or the binding of a position (<c>#$i</c>) after predicates.</summary>
internal readonly record struct Stage(SyntaxNode? Filter, string? Index);
