using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>What the result of an action looks like.</summary>
internal abstract record ResultShape
{
    /// <summary>What is wrong with a value; null when nothing is.</summary>
    /// <param name="field">The name of the field that holds the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="strict">Whether required fields must be there.</param>
    internal abstract string? Problem(string field, JsonValue value, bool strict);
}
