using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/string-functions, but for those that take matchers. Characters are code points.</summary>
internal static class StringFunctions
{
    internal static NativeFunction[] All =>
    [
        new("string", "<x-b?:s>", 1, (run, args) => args[0] is null ? null : JsonString.Create(JsonText.Of(run, args[0]!, args[1] is JsonBoolean { Value: true }))),
        new("substring", "<s-nn?:s>", 3, (run, args) => Substring(run, args[0], args[1], args[2])),
        new("substringBefore", "<s-s:s>", 2, (run, args) => Before(run, args[0], args[1])),
        new("substringAfter", "<s-s:s>", 2, (run, args) => After(run, args[0], args[1])),
        new("lowercase", "<s-:s>", 1, (run, args) => Change(run, args[0], text => text.ToLowerInvariant())),
        new("uppercase", "<s-:s>", 1, (run, args) => Change(run, args[0], Uppercase)),
        new("length", "<s-:n>", 1, (run, args) => args[0] is JsonString text ? JsonNumber.Create(Length(run, text.Value)) : null),
        new("trim", "<s-:s>", 1, (run, args) => Change(run, args[0], Trim)),
        new("pad", "<s-ns?:s>", 3, (run, args) => Pad(run, args[0], args[1], args[2])),
        new("join", "<a<s>s?:s>", 2, (run, args) => Join(run, args[0], args[1])),
        new("base64encode", "<s-:s>", 1, (run, args) => Change(run, args[0], text => Convert.ToBase64String(Encoding.Latin1.GetBytes(LowBytes(text))))),
        new("base64decode", "<s-:s>", 1, (run, args) => Change(run, args[0], Base64Decode)),
    ];

    static JsonString? Change(Run run, JsonValue? value, Func<string, string> change)
    {
        if (value is not JsonString text) return null;
        run.StepText(text.Value.Length);
        run.ChargeText(text.Value.Length * 2L);
        return JsonString.Create(change(text.Value));
    }

    static JsonString Make(Run run, string text)
    {
        run.StepText(text.Length);
        run.ChargeText(text.Length);
        return JsonString.Create(text);
    }

    // The one letter whose capital is two, among those ECMAScript changes and .NET's invariant culture leaves.
    static string Uppercase(string text) => text.Contains('ß') ? text.Replace("ß", "SS", StringComparison.Ordinal).ToUpperInvariant() : text.ToUpperInvariant();

    static int Length(Run run, string text)
    {
        run.StepText(text.Length);
        return Length(text);
    }

    /// <summary>How many code points a text has; an unpaired surrogate is one.</summary>
    internal static int Length(string text)
    {
        var length = text.Length;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                length--;
                i++;
            }
        }

        return length;
    }

    // The offset in UTF-16 of a code point.
    internal static int Offset(string text, int codePoint)
    {
        var at = 0;
        for (; codePoint > 0 && at < text.Length; codePoint--) at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }

    static JsonString? Substring(Run run, JsonValue? value, JsonValue? from, JsonValue? count)
    {
        if (value is not JsonString { Value: var text }) return null;
        var start = from is JsonNumber number ? number.Value : double.NaN;
        var length = Length(run, text);
        if (length + start < 0) start = 0;
        var end = double.PositiveInfinity;
        if (count is JsonNumber wanted)
        {
            if (wanted.Value <= 0) return JsonString.Empty;
            end = start >= 0 ? start + wanted.Value : length + start + wanted.Value;
        }

        var first = Place(start, length);
        var last = Place(end, length);
        if (first >= last) return JsonString.Empty;
        if (length == text.Length) return Make(run, text[first..last]);
        var at = Offset(text, first);
        return Make(run, text[at..(at + Offset(text[at..], last - first))]);
    }

    // As Array.prototype.slice places an index.
    static int Place(double index, int length)
    {
        if (double.IsNaN(index)) return 0;
        index = Math.Truncate(index);
        return (int)(index < 0 ? Math.Max(0, length + index) : Math.Min(index, length));
    }

    static JsonString? Before(Run run, JsonValue? value, JsonValue? mark)
    {
        if (value is not JsonString text) return null;
        var at = TextSearch.IndexOf(run, text.Value, TextOf(mark));
        return at < 0 ? text : Make(run, text.Value[..at]);
    }

    static JsonString? After(Run run, JsonValue? value, JsonValue? mark)
    {
        if (value is not JsonString text) return null;
        var sought = TextOf(mark);
        var at = TextSearch.IndexOf(run, text.Value, sought);
        return at < 0 ? text : Make(run, text.Value[(at + sought.Length)..]);
    }

    static string TextOf(JsonValue? value) => value is JsonString text ? text.Value : "undefined";

    static string Trim(string text)
    {
        var result = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in text)
        {
            var isSpace = c is ' ' or '\t' or '\n' or '\r';
            if (!isSpace) result.Append(c);
            else if (!space) result.Append(' ');
            space = isSpace;
        }

        var trimmed = result.ToString();
        if (trimmed.StartsWith(' ')) trimmed = trimmed[1..];
        return trimmed.EndsWith(' ') ? trimmed[..^1] : trimmed;
    }

    static JsonString? Pad(Run run, JsonValue? value, JsonValue? width, JsonValue? with)
    {
        if (value is not JsonString text) return null;
        var wanted = width is JsonNumber number ? Math.Truncate(number.Value) : 0;
        var missing = Math.Abs(wanted) - Length(run, text.Value);
        if (!(missing > 0)) return text;
        var unit = with is JsonString { Value.Length: > 0 } given ? given.Value : " ";
        run.ChargeText((long)Math.Min((missing * unit.Length) + text.Value.Length, long.MaxValue / 8));
        run.Step((int)Math.Min(missing / 16, int.MaxValue / 2));
        var padding = Padding(unit, (int)Math.Min(missing, int.MaxValue / 4));
        return JsonString.Create(wanted > 0 ? text.Value + padding : padding + text.Value);
    }

    static string Padding(string unit, int codePoints)
    {
        if (unit.Length == 1) return new string(unit[0], codePoints);
        var inUnit = Length(unit);
        var padding = new StringBuilder().Insert(0, unit, codePoints / inUnit);
        return padding.Append(unit, 0, Offset(unit, codePoints % inUnit)).ToString();
    }

    static JsonString? Join(Run run, JsonValue? list, JsonValue? separator)
    {
        if (list is null) return null;
        var items = ValueOps.Items(list);
        run.Step(items.Length);
        var between = separator is JsonString text ? text.Value : "";
        var length = (long)between.Length * items.Length;
        foreach (var item in items) length += item is JsonString part ? part.Value.Length : 0;
        run.ChargeText(length);
        run.StepText((int)Math.Min(length, int.MaxValue));
        var result = new StringBuilder((int)Math.Min(length, int.MaxValue / 4));
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) result.Append(between);
            if (items[i] is JsonString part) result.Append(part.Value);
        }

        return JsonString.Create(result.ToString());
    }

    // As the reference: each UTF-16 unit is cut to a byte.
    static string LowBytes(string text) => string.Create(text.Length, text, (span, source) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = (char)(source[i] & 0xFF);
    });

    // Lenient as Node's Buffer: characters outside the alphabet are skipped, padding ends the text.
    static string Base64Decode(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '=') break;
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/') letters.Append(c);
            else if (c == '-') letters.Append('+');
            else if (c == '_') letters.Append('/');
        }

        if (letters.Length % 4 == 1) letters.Length--;
        while (letters.Length % 4 != 0) letters.Append('=');
        return Encoding.Latin1.GetString(Convert.FromBase64String(letters.ToString()));
    }

}
