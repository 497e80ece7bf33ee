namespace Orkestra.Asl;

/// <summary>
/// A path that may be absent (the default value), an explicit <c>null</c>, or text: <c>InputPath</c>, <c>OutputPath</c>, <c>ResultPath</c> and
/// <c>ItemsPath</c>. An explicit null is not the same as an absent field: <c>"ResultPath": null</c> discards the result. A string converts to it.
/// </summary>
public readonly record struct PathField
{
    readonly bool present;

    PathField(string? text)
    {
        present = true;
        Text = text;
    }

    /// <summary>The field is not there.</summary>
    public static PathField Absent => default;

    /// <summary>The field is there and is <c>null</c>.</summary>
    public static PathField Null { get; } = new(null);

    /// <summary>Whether the field is not there.</summary>
    public bool IsAbsent => !present;

    /// <summary>Whether the field is there and is <c>null</c>.</summary>
    public bool IsNull => present && Text is null;

    /// <summary>The path; null when the field is absent or <c>null</c>.</summary>
    public string? Text { get; }

    /// <summary>A field with this path; <see cref="Null"/> for a null reference.</summary>
    public static PathField FromString(string? text) => new(text);

    /// <summary>A field with this path; <see cref="Null"/> for a null reference.</summary>
    public static implicit operator PathField(string? text) => new(text);

    /// <summary>The path, <c>null</c> or <c>absent</c>.</summary>
    public override string ToString() => IsAbsent ? "absent" : Text ?? "null";
}
