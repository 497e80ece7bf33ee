namespace Orkestra.Engine.Signals;

/// <summary>Where neighbouring items of a Map come from.</summary>
/// <param name="Source">
/// The Context Object's <c>Map.Item.Source</c>: <c>S3://bucket/key</c> of the object, <c>S3://bucket</c> of a listing, or <see cref="StateData"/>. Null when it is not known:
/// builds before this record did not store it.
/// </param>
/// <param name="Count">How many items.</param>
/// <param name="HasKeys">Whether each is a member of a JSON object, kept as an object with <c>Key</c> and <c>Value</c>.</param>
internal sealed record ItemOrigin(string? Source, int Count, bool HasKeys)
{
    /// <summary>The source of items that come from the state's input.</summary>
    internal const string StateData = "STATE_DATA";

    /// <summary>Items of a JSON array in the state's input.</summary>
    internal static ItemOrigin OfState { get; } = new(StateData, 0, HasKeys: false);
}
