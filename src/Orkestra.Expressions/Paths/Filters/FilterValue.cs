using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>An operand of a comparison or an argument of a function.</summary>
internal abstract class FilterValue
{
    /// <summary>The value; null for Nothing.</summary>
    internal abstract JsonValue? Evaluate(in FilterScope scope);
}
