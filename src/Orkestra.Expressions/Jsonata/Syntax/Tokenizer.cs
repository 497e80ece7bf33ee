using System.Buffers;
using System.Globalization;
using System.Text;

namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>Cuts an expression into tokens, one at a time: whether <c>/</c> divides or opens a regex depends on what the parser expects.</summary>
internal sealed class Tokenizer(string text)
{
    const string Space = " \t\n\r\v";
    const string OperatorCharacters = ".[]{}(),@#;:?+-*/%|=<>^&!~";

    static readonly SearchValues<char> NameEnd = SearchValues.Create(Space + OperatorCharacters);
    static readonly string[] SingleOperators = [.. OperatorCharacters.Select(c => c.ToString())];

    int position;

    /// <summary>The next token.</summary>
    /// <param name="afterOperand">An operand came before, so <c>/</c> divides.</param>
    internal Token Next(bool afterOperand)
    {
        SkipSpaceAndComments();
        if (position >= text.Length) return new Token(TokenKind.End, "(end)", text.Length);
        var c = text[position];
        if (c == '/' && !afterOperand) return Regex();
        if (OperatorCharacters.Contains(c)) return Operator(c);
        if (c is '"' or '\'') return QuotedText(c);
        if (char.IsAsciiDigit(c)) return Number();
        return c == '`' ? QuotedName() : Name();
    }

    char At(int at) => at < text.Length ? text[at] : '\0';

    void SkipSpaceAndComments()
    {
        while (position < text.Length)
        {
            if (Space.Contains(text[position]))
            {
                position++;
            }
            else if (text[position] == '/' && At(position + 1) == '*')
            {
                var end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
                if (end < 0) throw new JsonataException("S0106", position);
                position = end + 2;
            }
            else
            {
                return;
            }
        }
    }

    Token Operator(char c)
    {
        if (DoubleOperator(c, At(position + 1)) is { } op)
        {
            position += 2;
            return new Token(TokenKind.Operator, op, position);
        }

        position++;
        return new Token(TokenKind.Operator, SingleOperators[OperatorCharacters.IndexOf(c, StringComparison.Ordinal)], position);
    }

    static string? DoubleOperator(char first, char second) => (first, second) switch
    {
        ('.', '.') => "..",
        (':', '=') => ":=",
        ('!', '=') => "!=",
        ('>', '=') => ">=",
        ('<', '=') => "<=",
        ('*', '*') => "**",
        ('~', '>') => "~>",
        ('?', ':') => "?:",
        ('?', '?') => "??",
        _ => null,
    };

    Token QuotedText(char quote)
    {
        position++;
        var plain = text.AsSpan(position).IndexOfAny(quote, '\\');
        if (plain >= 0 && text[position + plain] == quote)
        {
            var whole = text.Substring(position, plain);
            position += plain + 1;
            return new Token(TokenKind.String, whole, position);
        }

        var value = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position];
            if (c == quote)
            {
                position++;
                return new Token(TokenKind.String, value.ToString(), position);
            }

            value.Append(c == '\\' ? Escape() : c);
            position++;
        }

        throw new JsonataException("S0101", position);
    }

    char Escape()
    {
        position++;
        var c = At(position);
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                if (position + 4 >= text.Length || !ushort.TryParse(text.AsSpan(position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    throw new JsonataException("S0104", position);
                position += 4;
                return (char)code;
            default: throw new JsonataException("S0103", position, position < text.Length ? c.ToString() : "");
        }
    }

    Token Number()
    {
        var start = position;
        if (text[position++] != '0') SkipDigits();
        if (At(position) == '.' && char.IsAsciiDigit(At(position + 1)))
        {
            position++;
            SkipDigits();
        }

        if (At(position) is 'e' or 'E')
        {
            var digits = position + (At(position + 1) is '+' or '-' ? 2 : 1);
            if (char.IsAsciiDigit(At(digits)))
            {
                position = digits;
                SkipDigits();
            }
        }

        var literal = text[start..position];
        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) throw new JsonataException("S0102", start, literal);
        return new Token(TokenKind.Number, literal, position, value);
    }

    void SkipDigits()
    {
        while (char.IsAsciiDigit(At(position))) position++;
    }

    Token QuotedName()
    {
        var end = text.IndexOf('`', position + 1);
        if (end < 0) throw new JsonataException("S0105", text.Length);
        var name = text[(position + 1)..end];
        position = end + 1;
        return new Token(TokenKind.Name, name, position);
    }

    Token Name()
    {
        var length = text.AsSpan(position).IndexOfAny(NameEnd);
        var name = length < 0 ? text[position..] : text.Substring(position, length);
        position += name.Length;
        if (name[0] == '$') return new Token(TokenKind.Variable, name[1..], position);
        return name switch
        {
            "and" or "or" or "in" => new Token(TokenKind.Operator, name, position),
            "true" or "false" or "null" => new Token(TokenKind.Constant, name, position),
            _ => new Token(TokenKind.Name, name, position),
        };
    }

    // The text of a regex token is its pattern, then a slash, then its flags.
    Token Regex()
    {
        var start = ++position;
        var depth = 0;
        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (c == '/' && depth == 0 && !IsEscaped(start))
            {
                if (position == start) throw new JsonataException("S0301", position);
                var pattern = text[start..position];
                var flags = ++position;
                while (At(position) is 'i' or 'm') position++;
                return new Token(TokenKind.Regex, $"{pattern}/{text.AsSpan(flags, position - flags)}", position);
            }

            var before = At(position - 1);
            if (c is '(' or '[' or '{' && before != '\\') depth++;
            if (c is ')' or ']' or '}' && before != '\\') depth--;
        }

        throw new JsonataException("S0302", position);
    }

    bool IsEscaped(int start)
    {
        var slashes = 0;
        while (position - slashes - 1 >= start && text[position - slashes - 1] == '\\') slashes++;
        return slashes % 2 == 1;
    }
}
