using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>Where a result goes in a state's raw input: the field <c>ResultPath</c>.</summary>
internal abstract class ResultPlacement
{
    /// <summary>The result takes the input's place: an absent <c>ResultPath</c>, or <c>$</c>.</summary>
    internal static ResultPlacement Replace { get; } = new Replacing();

    /// <summary>The result is dropped: a <c>ResultPath</c> of null.</summary>
    internal static ResultPlacement Discard { get; } = new Discarding();

    internal abstract JsonValue Place(JsonValue input, JsonValue result);

    sealed class Replacing : ResultPlacement
    {
        internal override JsonValue Place(JsonValue input, JsonValue result) => result;
    }

    sealed class Discarding : ResultPlacement
    {
        internal override JsonValue Place(JsonValue input, JsonValue result) => input;
    }
}
