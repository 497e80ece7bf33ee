using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>Checks of arguments.</summary>
internal static class Arguments
{
    internal const int LongestText = 10_000;

    internal static JsonArray Array(ReadOnlySpan<JsonValue> arguments, int at) =>
        arguments[at] as JsonArray ?? throw Fault(arguments, at, "an array");

    internal static JsonObject Object(ReadOnlySpan<JsonValue> arguments, int at) =>
        arguments[at] as JsonObject ?? throw Fault(arguments, at, "an object");

    internal static string Text(ReadOnlySpan<JsonValue> arguments, int at) =>
        (arguments[at] as JsonString)?.Value ?? throw Fault(arguments, at, "a string");

    /// <summary>A string of at most 10,000 characters.</summary>
    internal static string ShortText(ReadOnlySpan<JsonValue> arguments, int at)
    {
        var text = Text(arguments, at);
        if (text.Length > LongestText && text.EnumerateRunes().Count() > LongestText) throw new IntrinsicFault($"The argument {at + 1} is longer than {LongestText} characters");
        return text;
    }

    /// <summary>A number, rounded to the nearest integer as Java's Math.round does (half towards positive infinity), in the range of 32 bits.</summary>
    internal static int Rounded(ReadOnlySpan<JsonValue> arguments, int at)
    {
        if (arguments[at] is not JsonNumber number) throw Fault(arguments, at, "a number");
        var rounded = Math.Floor(number.Value + 0.5);
        return rounded is >= int.MinValue and <= int.MaxValue ? (int)rounded : throw new IntrinsicFault($"The argument {at + 1} is beyond the range of an integer: {number.Text}");
    }

    internal static int Integer(ReadOnlySpan<JsonValue> arguments, int at) =>
        arguments[at] is JsonNumber { IsInteger: true } number && number.Value is >= int.MinValue and <= int.MaxValue ? (int)number.Value : throw Fault(arguments, at, "an integer");

    static IntrinsicFault Fault(ReadOnlySpan<JsonValue> arguments, int at, string expected) =>
        new($"The argument {at + 1} must be {expected}, but was: {arguments[at].ToJson()}");
}
