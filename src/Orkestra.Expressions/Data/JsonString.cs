using System.Diagnostics.CodeAnalysis;

namespace Orkestra.Expressions.Data;

/// <summary>A JSON string. Its text is UTF-16 and may hold unpaired surrogates, which are written as <c>\u</c> escapes.</summary>
public sealed class JsonString : JsonValue
{
    int utf8Length;

    private JsonString(string value) => Value = value;

    /// <summary>The empty string.</summary>
    public static JsonString Empty { get; } = new("");

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.String;

    /// <inheritdoc/>
    public override int Utf8Length
    {
        get
        {
            if (utf8Length == 0) utf8Length = JsonWriter.StringLength(Value);
            return utf8Length;
        }
    }

    /// <summary>A string with the text <paramref name="value"/>.</summary>
    public static JsonString Create(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length == 0 ? Empty : new JsonString(value);
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other) =>
        ReferenceEquals(this, other) || (other is JsonString text && string.Equals(Value, text.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}
