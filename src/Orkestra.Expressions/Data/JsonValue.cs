using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Expressions.Data;

/// <summary>
/// An immutable JSON value (RFC 8259). Values are compared by content: the order of an object's members does not count, and
/// numbers are compared by their numeric value. They are safe to share between threads and between other values.
/// </summary>
[JsonConverter(typeof(JsonValueConverter))]
public abstract class JsonValue : IEquatable<JsonValue>
{
    private protected JsonValue()
    {
    }

    /// <summary>The JSON <c>null</c>.</summary>
    public static JsonValue Null => JsonNull.Instance;

    /// <summary>Which of the six JSON types this is.</summary>
    public abstract JsonKind Kind { get; }

    /// <summary>The size in bytes of this value as compact UTF-8 JSON text. Computed once, then kept.</summary>
    public abstract int Utf8Length { get; }

    /// <summary>How deep arrays and objects nest: 0 for a scalar, 1 for <c>[]</c>, 2 for <c>[[]]</c>. Computed once, then kept.</summary>
    public virtual int Depth => 0;

    /// <summary>Whether this is the JSON <c>null</c>.</summary>
    public bool IsNull => Kind == JsonKind.Null;

    /// <summary>Reads JSON text.</summary>
    /// <param name="json">The text, one JSON value with nothing after it but white space.</param>
    /// <param name="options">Limits; <see cref="JsonReadOptions.Default"/> when null.</param>
    /// <exception cref="JsonFormatException">The text is not JSON or passes a limit.</exception>
    public static JsonValue Parse(string json, JsonReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonReader.Read(json, options ?? JsonReadOptions.Default);
    }

    /// <summary>Reads UTF-8 JSON text.</summary>
    /// <param name="utf8Json">The text, one JSON value with nothing after it but white space.</param>
    /// <param name="options">Limits; <see cref="JsonReadOptions.Default"/> when null.</param>
    /// <exception cref="JsonFormatException">The text is not JSON or passes a limit.</exception>
    /// <remarks>
    /// The whole text is checked at once, so that nothing can fail later. Of a text of 4 KiB to 1 MiB a copy is kept: large arrays and objects in it make their elements when
    /// they are first looked at, and until then are written by copying. A part of such a value that someone keeps holds at most 64 times its own size.
    /// </remarks>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8Json, JsonReadOptions? options = null) =>
        JsonReader.Read(utf8Json, options ?? JsonReadOptions.Default);

    /// <summary>Copies a <see cref="JsonElement"/>.</summary>
    /// <exception cref="ArgumentException">The element is <see cref="JsonValueKind.Undefined"/>.</exception>
    public static JsonValue From(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined) throw new ArgumentException("The element is undefined: its document holds no value.", nameof(element));
        return Parse(JsonMarshalText(element));

        static ReadOnlySpan<byte> JsonMarshalText(JsonElement element) =>
            System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
    }

    /// <summary>This value as a <see cref="JsonElement"/> with a document of its own.</summary>
    public JsonElement ToJsonElement() => JsonElement.Parse(ToUtf8Bytes(), new JsonDocumentOptions { MaxDepth = JsonWriter.MaxDepth });

    /// <summary>This value as compact JSON text.</summary>
    /// <exception cref="InvalidOperationException">The value nests deeper than <see cref="JsonWriter.MaxDepth"/>.</exception>
    public string ToJson() => JsonWriter.ToText(this, indented: false);

    /// <summary>This value as indented JSON text, two spaces a level.</summary>
    /// <exception cref="InvalidOperationException">The value nests deeper than <see cref="JsonWriter.MaxDepth"/>.</exception>
    public string ToIndentedJson() => JsonWriter.ToText(this, indented: true);

    /// <summary>This value as compact UTF-8 JSON.</summary>
    /// <exception cref="InvalidOperationException">The value nests deeper than <see cref="JsonWriter.MaxDepth"/>.</exception>
    public byte[] ToUtf8Bytes() => JsonWriter.ToBytes(this);

    /// <summary>Compact JSON text; <see cref="ToJson"/>.</summary>
    public override string ToString() => ToJson();

    /// <summary>The member of an object.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>The member, or null when this is not an object or has no such member.</returns>
    public JsonValue? this[string name] => this is JsonObject value && value.TryGetValue(name, out var member) ? member : null;

    /// <summary>The element of an array.</summary>
    /// <param name="index">The index from 0.</param>
    /// <returns>The element, or null when this is not an array or has no such element.</returns>
    public JsonValue? this[int index] => this is JsonArray array && (uint)index < (uint)array.Count ? array.Span[index] : null;

    /// <inheritdoc/>
    public abstract bool Equals([NotNullWhen(true)] JsonValue? other);

    /// <inheritdoc/>
    public sealed override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as JsonValue);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>Content equality; see <see cref="JsonValue"/>.</summary>
    public static bool operator ==(JsonValue? left, JsonValue? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Content inequality; see <see cref="JsonValue"/>.</summary>
    public static bool operator !=(JsonValue? left, JsonValue? right) => !(left == right);

    /// <summary>A string, or <c>null</c> for a null reference.</summary>
    public static implicit operator JsonValue(string? value) => value is null ? JsonNull.Instance : JsonString.Create(value);

    /// <summary>A boolean.</summary>
    public static implicit operator JsonValue(bool value) => JsonBoolean.Create(value);

    /// <summary>A number.</summary>
    public static implicit operator JsonValue(int value) => JsonNumber.Create(value);

    /// <summary>A number.</summary>
    public static implicit operator JsonValue(long value) => JsonNumber.Create(value);

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    public static implicit operator JsonValue(double value) => JsonNumber.Create(value);

    /// <summary>A number.</summary>
    public static implicit operator JsonValue(decimal value) => JsonNumber.Create(value);
}
