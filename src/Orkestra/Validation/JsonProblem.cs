using System.Globalization;

namespace Orkestra.Validation;

/// <summary>
/// Finds the first thing in a text that is not JSON and says it in the words of the JSON parser the service uses, which the service passes on: sentence and
/// place, the latter with the text itself in it.
/// </summary>
internal sealed class JsonProblem
{
    const string ValueWords = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    const int LongestSource = 500;

    readonly string text;
    readonly Stack<Container> open = new();
    int at;
    int line = 1;
    int lineStart;

    JsonProblem(string text) => this.text = text;

    /// <summary>The sentence and the place.</summary>
    internal static (string Message, string Place) Describe(string text)
    {
        var scan = new JsonProblem(text);
        var message = scan.Document() ?? "The text is not JSON";
        return (message, scan.Place(scan.line, scan.at - scan.lineStart + 1));
    }

    string? Document()
    {
        SkipSpace();
        if (End) return "No content to map due to end-of-input";
        while (true)
        {
            if (Value() is { } problem) return problem;
            // A value is complete: close what ends here, then go to the next entry.
            while (true)
            {
                SkipSpace();
                if (open.Count == 0) return End ? null : Unexpected();
                if (End) return Unclosed();
                var container = open.Peek();
                var next = text[at++];
                if (next == container.Close)
                {
                    open.Pop();
                    continue;
                }

                if (next != ',') return Character(next, $"was expecting comma to separate {container.Name} entries");
                SkipSpace();
                if (container.Names is not null && FieldName(container) is { } name) return name;
                break;
            }
        }
    }

    string? Value()
    {
        while (true)
        {
            SkipSpace();
            if (End) return Unclosed();
            var (startLine, startColumn) = (line, at - lineStart + 1);
            var first = text[at];
            if (first is not ('{' or '[')) return Scalar(first);
            at++;
            var container = new Container(first == '{', startLine, startColumn);
            open.Push(container);
            SkipSpace();
            if (End) return Unclosed();
            if (text[at] == container.Close)
            {
                at++;
                open.Pop();
                return null;
            }

            if (container.Names is not null && FieldName(container) is { } problem) return problem;
        }
    }

    string? FieldName(Container container)
    {
        if (End) return Unclosed();
        var first = text[at++];
        if (first != '"') return Character(first, "was expecting double-quote to start field name");
        var start = at;
        if (Quoted(" in field name") is { } problem) return problem;
        var name = text[start..(at - 1)];
        if (!container.Names!.Add(name)) return $"Duplicate field '{name}'";
        SkipSpace();
        if (End) return Unclosed();
        var colon = text[at++];
        return colon == ':' ? null : Character(colon, "was expecting a colon to separate field name and value");
    }

    string? Scalar(char first)
    {
        if (first == '"')
        {
            at++;
            return Quoted(": was expecting closing quote for a string value");
        }

        if (first == '-' || char.IsAsciiDigit(first)) return Number();
        if (!char.IsLetter(first) && first is not ('_' or '$')) return Unexpected();
        var start = at;
        while (!End && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
        var token = text[start..at];
        return token is "true" or "false" or "null" ? null : $"Unrecognized token '{token}': was expecting {ValueWords}";
    }

    string? Number()
    {
        var start = at;
        if (text[at] == '-') at++;
        if (End || !char.IsAsciiDigit(text[at])) return NotInNumber("expected digit (0-9) to follow minus sign, for valid numeric value");
        if (text[at] == '0' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            return "Invalid numeric value: Leading zeroes not allowed";
        }

        Digits();
        if (!End && text[at] == '.')
        {
            at++;
            if (!Digits()) return NotInNumber("Decimal point not followed by a digit");
        }

        if (!End && text[at] is 'e' or 'E')
        {
            at++;
            if (!End && text[at] is '+' or '-') at++;
            if (!Digits()) return NotInNumber("Exponent indicator not followed by a digit");
        }

        if (double.IsFinite(double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture))) return null;
        return $"Number {text[start..at]} is beyond the range of a double";
    }

    bool Digits()
    {
        var start = at;
        while (!End && char.IsAsciiDigit(text[at])) at++;
        return at > start;
    }

    string NotInNumber(string expected) =>
        End ? "Unexpected end-of-input in a Number" : $"Unexpected character ({Show(text[at++])}) in numeric value: {expected}";

    string? Quoted(string where)
    {
        while (!End)
        {
            var c = text[at++];
            if (c == '"') return null;
            if (c < ' ') return $"Illegal unquoted character ((CTRL-CHAR, code {(int)c})): has to be escaped using backslash to be included in string value";
            if (c != '\\') continue;
            if (End) break;
            var escape = text[at++];
            if (escape == 'u')
            {
                for (var i = 0; i < 4; i++)
                {
                    if (End) return $"Unexpected end-of-input{where}";
                    var digit = text[at++];
                    if (!char.IsAsciiHexDigit(digit)) return Character(digit, "expected a hex-digit for character escape sequence");
                }
            }
            else if (!"\"\\/bfnrt".Contains(escape, StringComparison.Ordinal))
            {
                return $"Unrecognized character escape {Show(escape)}";
            }
        }

        return $"Unexpected end-of-input{where}";
    }

    string Unclosed()
    {
        if (!open.TryPeek(out var container)) return "Unexpected end-of-input";
        return $"Unexpected end-of-input: expected close marker for {container.Name} (start marker at {Place(container.Line, container.Column)})";
    }

    string Unexpected() => char.IsLetter(text[at]) ? Scalar(text[at]) ?? Trailing() : Character(text[at++], $"expected a valid value {ValueWords}");

    static string Trailing() => "Trailing token found after value";

    static string Character(char c, string expected) => $"Unexpected character ({Show(c)}): {expected}";

    static string Show(char c) => c < ' ' ? $"(CTRL-CHAR, code {(int)c})" : $"'{c}' (code {(int)c}{(c > 255 ? $" / 0x{(int)c:x}" : "")})";

    string Place(int atLine, int column)
    {
        var source = text.Length <= LongestSource ? $"\"{text}\"" : $"\"{text[..LongestSource]}\"[truncated {text.Length - LongestSource} chars]";
        return $"[Source: (String){source}; line: {atLine}, column: {column}]";
    }

    bool End => at >= text.Length;

    void SkipSpace()
    {
        for (; !End && text[at] is ' ' or '\t' or '\r' or '\n'; at++)
        {
            if (text[at] != '\n') continue;
            line++;
            lineStart = at + 1;
        }
    }

    sealed class Container(bool isObject, int line, int column)
    {
        internal HashSet<string>? Names { get; } = isObject ? new(StringComparer.Ordinal) : null;

        internal char Close => Names is null ? ']' : '}';

        internal string Name => Names is null ? "Array" : "Object";

        internal int Line => line;

        internal int Column => column;
    }
}
