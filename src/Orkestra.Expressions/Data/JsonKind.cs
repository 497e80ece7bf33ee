namespace Orkestra.Expressions.Data;

/// <summary>The kind of a <see cref="JsonValue"/>, one for each type of RFC 8259 section 3.</summary>
public enum JsonKind
{
    /// <summary>The literal <c>null</c>.</summary>
    Null,

    /// <summary>The literals <c>true</c> and <c>false</c>.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}
