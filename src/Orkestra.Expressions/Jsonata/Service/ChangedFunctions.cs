using System.Buffers;
using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>
/// Functions of the reference that AWS Step Functions answers differently, as its evaluator is written in Java. What was measured on AWS and what only follows from that evaluator's
/// behavior is told apart in docs/fidelity.md.
/// </summary>
internal static class ChangedFunctions
{
    const string InternalError = "U1013";

    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");
    static readonly SearchValues<char> Base64Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    internal static NativeFunction[] All =>
    [
        new("count", "<a:n>", 1, (_, args) => JsonNumber.Create(IsNothing(args[0]) ? 0 : ValueOps.Items(args[0]).Length)),
        new("substring", "<s-nn?:s>", 3, (run, args) => Substring(run, args[0], args[1], args[2])),
        new("number", "<(nsb)-:n>", 1, (run, args) => ToNumber(run, args[0])),
        new("formatBase", "<n-n?:s>", 2, (run, args) => FormatBase(run, args[0], args[1])),
        new("round", "<n-n?:n>", 2, (_, args) => args[0] is JsonNumber number ? JsonNumber.FromDouble(Round(number.Value, args[1] is JsonNumber digits ? digits.Value : 0)) : null),
        new("base64encode", "<s-:s>", 1, (run, args) => Change(run, args[0], text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)))),
        new("base64decode", "<s-:s>", 1, (run, args) => Change(run, args[0], DecodeBase64)),
        new("decodeUrlComponent", "<s-:s>", 1, (run, args) => Change(run, args[0], text => DecodeUrl(text, "decodeUrlComponent"))),
        new("decodeUrl", "<s-:s>", 1, (run, args) => Change(run, args[0], text => DecodeUrl(text, "decodeUrl"))),
        new("fromMillis", "<x-s?s?:s>", 3, (run, args) => FromMillis(run, args[0], args[1], args[2])),
        new("toMillis", "<s-s?:n>", 2, (run, args) => args[0] is JsonString text ? ToMillis(run, text, args[1]) : null),
        new("formatNumber", "<n-so?:s>", 3, (run, args) => args[0] is JsonNumber number && args[1] is JsonString picture ? FormatNumber(run, number.Value, picture.Value, args[2]) : null),
        new("uppercase", "<s-:s>", 1, (run, args) => Change(run, args[0], Uppercase)),
        new("lowercase", "<s-:s>", 1, (run, args) => Change(run, args[0], Lowercase)),
    ];

    // A null of the input is what Java's null is, and that is the evaluator's undefined.
    static bool IsNothing(JsonValue? array) => array is null || (ValueOps.Items(array) is [JsonNull] && array is Sequence { IsSequence: false });

    static JsonString? Change(Run run, JsonValue? value, Func<string, string> change)
    {
        if (value is not JsonString text) return null;
        run.Step(1 + (text.Value.Length >> 3));
        run.ChargeText(text.Value.Length * 3L);
        return JsonString.Create(change(text.Value));
    }

    // The start counts code points, and so do the places that the length goes on, but from the beginning of the text: beyond the basic plane, characters are cut in half.
    static JsonString? Substring(Run run, JsonValue? value, JsonValue? from, JsonValue? count)
    {
        if (value is not JsonString { Value: var text }) return null;
        run.StepText(text.Length);
        var points = StringFunctions.Length(text);
        var start = from is JsonNumber first ? Int(first.Value) : 0;
        var length = count is JsonNumber wanted ? Int(wanted.Value) : text.Length;
        if (text.Length + (long)start < 0) start = 0;
        if (length <= 0 || start >= points) return JsonString.Empty;
        var at = StringFunctions.Offset(text, start >= 0 ? start : Math.Max(0, points + start));
        length = Math.Min(length, text.Length);
        if (length > points) throw new JsonataException(InternalError, "Index out of bounds");
        var end = Math.Min(text.Length, at + StringFunctions.Offset(text, length));
        run.ChargeText(end - at);
        return JsonString.Create(text[at..end]);
    }

    static int Int(double value) => double.IsNaN(value) ? 0 : (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    static JsonNumber? ToNumber(Run run, JsonValue? value)
    {
        switch (value)
        {
            case null: return null;
            case JsonNumber number: return number;
            case JsonBoolean boolean: return JsonNumber.Create(boolean.Value ? 1 : 0);
            case JsonString text:
                run.StepText(text.Value.Length * 8);
                if (TryParse(text.Value, out var parsed)) return parsed;
                break;
        }

        throw new JsonataException("D3030", value: ValueOps.ForError(value)) { Index = 1 };
    }

    // Double.valueOf, and hexadecimal, octal and binary numbers with small letters.
    static bool TryParse(string text, out JsonNumber number)
    {
        number = JsonNumber.Create(0);
        var trimmed = text.AsSpan().Trim(" \t\n\r\f\v\0");
        if (trimmed.Length > 2 && trimmed[0] == '0' && trimmed[1] is 'x' or 'o' or 'b') return TryParseBits(trimmed[2..], trimmed[1], out number);
        if (trimmed.Length > 1 && trimmed[^1] is 'd' or 'D' or 'f' or 'F') trimmed = trimmed[..^1];
        if (trimmed.ContainsAnyExcept(NumberCharacters)) return false;
        if (!double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)) return false;
        if (!double.IsFinite(value)) return false;
        number = JsonNumber.FromDouble(value);
        return true;
    }

    static bool TryParseBits(ReadOnlySpan<char> digits, char letter, out JsonNumber number)
    {
        var radix = letter switch
        {
            'x' => 16,
            'o' => 8,
            _ => 2,
        };
        var value = 0L;
        number = JsonNumber.Create(0);
        foreach (var digit in digits)
        {
            var next = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (next >= radix || value > (long.MaxValue - next) / radix) return false;
            value = (value * radix) + next;
        }

        number = JsonNumber.Create(value);
        return true;
    }

    static double Round(double value, double digits)
    {
        if (!double.IsFinite(value)) return value;
        var places = Math.Clamp(Math.Truncate(double.IsNaN(digits) ? 0 : digits), -400, 400);
        // Shifting the point of a larger number may leave the range of a double.
        return Math.Abs(value) < 1e15 && places < 100 ? NumberFunctions.Round(value, places) : EcmaNumber.Round(value, (int)places);
    }

    static JsonString? FormatBase(Run run, JsonValue? value, JsonValue? radix)
    {
        if (value is not JsonNumber number) return null;
        var by = radix is JsonNumber given ? Int(given.Value) : 10;
        if (by is < 2 or > 36) throw new JsonataException("D3100", value: JsonNumber.Create(by));
        var whole = AddedFunctions.Whole(Round(number.Value, 0));
        var isNegative = whole < 0;
        var rest = isNegative ? (ulong)-(whole + 1) + 1 : (ulong)whole;
        var digits = new StringBuilder();
        do digits.Insert(0, "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(rest % (ulong)by)]);
        while ((rest /= (ulong)by) > 0);
        run.ChargeText(digits.Length);
        return JsonString.Create((isNegative ? "-" : "") + digits);
    }

    static string DecodeBase64(string text)
    {
        var padded = text.TrimEnd('=');
        if (text.Length - padded.Length > 2 || padded.Length % 4 == 1 || padded.AsSpan().ContainsAnyExcept(Base64Characters))
            throw new JsonataException(InternalError, "The text is not Base64");
        if (text.Length != padded.Length && text.Length % 4 != 0) throw new JsonataException(InternalError, "The text is not Base64");
        return Encoding.UTF8.GetString(Convert.FromBase64String(padded + new string('=', (4 - (padded.Length % 4)) % 4)));
    }

    // As a form is decoded: a plus sign is a space, and bytes that are not UTF-8 are replaced.
    static string DecodeUrl(string text, string function)
    {
        if (!text.AsSpan().ContainsAny('%', '+')) return text;
        var output = new StringBuilder(text.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                Flush(output, bytes);
                output.Append(text[i] == '+' ? ' ' : text[i]);
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                throw new JsonataException("D3140", -1, function, JsonString.Create(text));
            bytes.Add(code);
            i += 2;
        }

        Flush(output, bytes);
        return output.ToString();
    }

    static void Flush(StringBuilder output, List<byte> bytes)
    {
        if (bytes.Count == 0) return;
        output.Append(Encoding.UTF8.GetString([.. bytes]));
        bytes.Clear();
    }

    static JsonString? FromMillis(Run run, JsonValue? millis, JsonValue? picture, JsonValue? zone)
    {
        if (millis is not JsonNumber { Value: var value }) return null;
        var offset = (zone as JsonString)?.Value is { Length: 5 } text && text[0] is '+' or '-' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9') ? text : null;
        var form = (picture as JsonString)?.Value;
        return Pictures.Use(run, form, offset, () => JsonString.Create(DateTimePicture.Format(Math.Truncate(value), form, offset)));
    }

    static JsonNumber? ToMillis(Run run, JsonString text, JsonValue? picture)
    {
        if (picture is JsonString form) return TimeFunctions.Parse(run, text.Value, form);
        run.Step(1 + (text.Value.Length >> 2));
        return JsonNumber.Create(IsoTimestamp.ToMillis(text.Value) ?? throw new JsonataException("D3110", value: text));
    }

    static JsonString FormatNumber(Run run, double value, string picture, JsonValue? options) =>
        Pictures.Use(run, picture, null, () => RegexFunction.Text(run, NumberPicture.Format(value, picture, ValueOps.Clean(run, options) as JsonObject, inFull: true)));

    // The letters whose other case is several letters, or depends on where they stand.
    static string Uppercase(string text)
    {
        var upper = text.ToUpperInvariant();
        if (Ascii.IsValid(text)) return upper;
        var output = new StringBuilder(upper.Length);
        foreach (var c in upper)
        {
            _ = c switch
            {
                'ß' => output.Append("SS"),
                'ŉ' => output.Append("ʼN"),
                'ǰ' => output.Append("J\u030C"),
                'ΐ' => output.Append("Ϊ\u0301"),
                'ΰ' => output.Append("Ϋ\u0301"),
                'և' => output.Append("ԵՒ"),
                'ﬀ' => output.Append("FF"),
                'ﬁ' => output.Append("FI"),
                'ﬂ' => output.Append("FL"),
                'ﬃ' => output.Append("FFI"),
                'ﬄ' => output.Append("FFL"),
                'ﬅ' or 'ﬆ' => output.Append("ST"),
                'ı' => output.Append('I'),
                _ => output.Append(c),
            };
        }

        return output.ToString();
    }

    static string Lowercase(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == 'İ') output.Append("i\u0307");
            else if (text[i] == 'Σ') output.Append(IsFinal(text, i) ? 'ς' : 'σ');
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length) output.Append(text.Substring(i++, 2).ToLowerInvariant());
            else output.Append(char.ToLowerInvariant(text[i]));
        }

        return output.ToString();
    }

    static bool IsFinal(string text, int at) => at > 0 && char.IsLetter(text[at - 1]) && (at + 1 == text.Length || !char.IsLetter(text[at + 1]));
}
