using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.CommandLine.Cases;

/// <summary>
/// Replaces names, texts and numbers of values by placeholders of the same shape and length, always the same one for the same text. What the document itself contains is
/// kept: paths and comparisons need it, and it is in the case anyway. Dates become other dates, so that they can be waited for.
/// </summary>
internal sealed class Placeholders
{
    const string Letters = "abcdefghijklmnopqrstuvwxyz";

    readonly HashSet<string> kept = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <param name="document">What the document contains is kept.</param>
    internal Placeholders(JsonValue document) => Keep(document);

    internal JsonValue Replace(JsonValue value) => value switch
    {
        JsonObject members => JsonObject.Create(members.Select(member => KeyValuePair.Create(Replace(member.Key), Replace(member.Value)))),
        JsonArray items => JsonArray.Create(items.Select(Replace)),
        JsonString text => Replace(text.Value),
        JsonNumber number => Number(number),
        _ => value,
    };

    /// <summary>A text that may be JSON, as causes of errors are: its shape stays JSON.</summary>
    internal string ReplaceText(string text)
    {
        if (text is not ['{' or '[', ..]) return Replace(text);
        try
        {
            return Replace(JsonValue.Parse(text)).ToJson();
        }
        catch (JsonFormatException)
        {
            return Replace(text);
        }
    }

    internal string Replace(string text)
    {
        if (kept.Contains(text)) return text;
        if (known.TryGetValue(text, out var placeholder)) return placeholder;
        var number = known.Count;
        placeholder = Moment(text) ?? Text(text, number);
        // Texts that differ stay different while there is room for it.
        for (var i = 1; used.Contains(placeholder) && i < Letters.Length; i++) placeholder = Text(text, number + i);
        used.Add(placeholder);
        known.Add(text, placeholder);
        return placeholder;
    }

    static string Text(string text, int number)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsDigit(rune) && rune.IsAscii)
            {
                output.Append((char)('0' + (number % 10)));
            }
            else if (!Rune.IsLetterOrDigit(rune))
            {
                output.Append(rune.ToString());
            }
            else if (rune.IsAscii)
            {
                var letter = Letters[number % Letters.Length];
                output.Append(Rune.IsUpper(rune) ? char.ToUpperInvariant(letter) : letter);
                number /= Letters.Length;
            }
            else
            {
                // As many bytes, and as many characters of UTF-16.
                output.Append(rune.Utf8SequenceLength switch { 2 => "\u00E9", 3 => "\u4E00", _ => "\U00020000" });
            }
        }

        return output.ToString();
    }

    // 2024-05-06T07:08:09.123Z keeps its form: the first day of 2000, with the digits of the fraction.
    static string? Moment(string text)
    {
        const string Model = "2000-01-01T00:00:00";
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)) return null;
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            output.Append(!char.IsAsciiDigit(text[i]) ? text[i] : i < Model.Length && char.IsAsciiDigit(Model[i]) ? Model[i] : '0');
        return output.ToString();
    }

    JsonNumber Number(JsonNumber number)
    {
        var text = number.Text;
        if (number.Value == 0 || kept.Contains(text)) return number;
        var output = new StringBuilder(text.Length);
        var isFirst = true;
        var isExponent = false;
        foreach (var c in text)
        {
            isExponent |= c is 'e' or 'E';
            if (!char.IsAsciiDigit(c) || isExponent || (isFirst && c == '0'))
            {
                output.Append(c);
                continue;
            }

            output.Append('1');
            isFirst = false;
        }

        return JsonNumber.Parse(output.ToString());
    }

    void Keep(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    KeepText(name);
                    Keep(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items) Keep(item);
                break;
            case JsonString text:
                KeepText(text.Value);
                break;
            case JsonNumber number:
                kept.Add(number.Text);
                break;
            default:
                break;
        }
    }

    // Names and literals inside of expressions and paths, too.
    void KeepText(string text)
    {
        kept.Add(text);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-')) continue;
            if (i > start) kept.Add(text[start..i]);
            start = i + 1;
        }
    }
}
