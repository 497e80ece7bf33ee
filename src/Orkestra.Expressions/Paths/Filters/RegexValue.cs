using Orkestra.Expressions.Data;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A regular expression, the right side of <c>=~</c>; it must match the whole text, as in Jayway. Anywhere else it has no value.</summary>
internal sealed class RegexValue(PatternProgram pattern) : FilterValue
{
    internal override JsonValue? Evaluate(in FilterScope scope) => null;

    internal bool IsMatch(string text, PathWalk walk) => pattern.IsMatch(text, walk);
}
