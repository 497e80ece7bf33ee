using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary><c>length()</c> of RFC 9535 section 2.4.4: characters of a string, elements of an array, members of an object.</summary>
internal sealed class LengthFunction(FilterValue argument) : FilterValue
{
    internal override JsonValue? Evaluate(in FilterScope scope) => argument.Evaluate(scope) switch
    {
        JsonString text => text.Value.EnumerateRunes().Count(),
        JsonArray array => array.Count,
        JsonObject members => members.Count,
        _ => null,
    };
}
