namespace Orkestra.Expressions.Formatting;

/// <summary>A picture string that is wrong, or that a value cannot be written or read with. Carries the code of the JSONata reference.</summary>
/// <param name="code">The error code, such as <c>D3081</c>.</param>
/// <param name="value">The part of the picture or text the code refers to, when there is one.</param>
internal sealed class PictureException(string code, string? value = null)
    : FormatException(value is null ? $"{code}: the picture string cannot be used." : $"{code}: the picture string cannot be used: {value}")
{
    internal string Code { get; } = code;

    internal string? Value { get; } = value;
}
