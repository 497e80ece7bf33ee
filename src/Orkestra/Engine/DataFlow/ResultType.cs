using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>The type the result of an expression must have.</summary>
/// <param name="Kind">The type that errors name.</param>
/// <param name="Other">Another type that is taken as well; the same one for none.</param>
internal readonly record struct ResultType(JsonKind Kind, JsonKind Other)
{
    internal static ResultType? Of(JsonKind? kind) => kind is { } one ? new ResultType(one, one) : null;

    internal bool Allows(JsonKind kind) => kind == Kind || kind == Other;
}
