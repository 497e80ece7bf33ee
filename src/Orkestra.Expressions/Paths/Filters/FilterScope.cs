using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>What a filter sees: the node it tests, <c>@</c>, and the walk, which knows the root <c>$</c>.</summary>
internal readonly record struct FilterScope(JsonValue Current, PathWalk Walk);
