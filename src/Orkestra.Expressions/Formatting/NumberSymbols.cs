using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Formatting;

/// <summary>The characters a number picture gives a meaning, and the texts it writes (XPath F&amp;O 3.1 section 4.7.1, a decimal format).</summary>
internal sealed record NumberSymbols
{
    const int LongestSymbol = 32;

    internal static NumberSymbols Default { get; } = new();

    internal string DecimalSeparator { get; private init; } = ".";

    internal string GroupingSeparator { get; private init; } = ",";

    internal string ExponentSeparator { get; private init; } = "e";

    internal string MinusSign { get; private init; } = "-";

    internal string Percent { get; private init; } = "%";

    internal string PerMille { get; private init; } = "‰";

    internal string ZeroDigit { get; private init; } = "0";

    internal string Digit { get; private init; } = "#";

    internal string PatternSeparator { get; private init; } = ";";

    /// <summary>The defaults with those an object names replaced; members it does not know are ignored.</summary>
    internal static NumberSymbols From(JsonObject? options)
    {
        if (options is null || options.Count == 0) return Default;
        string Symbol(string name, string otherwise)
        {
            if (!options.TryGetValue(name, out var value)) return otherwise;
            if (value.Utf8Length > LongestSymbol * 6) throw new PictureException("U1010", EcmaNumber.ToText(LongestSymbol));
            var symbol = (value as JsonString)?.Value ?? value.ToJson();
            return symbol.Length <= LongestSymbol ? symbol : throw new PictureException("U1010", EcmaNumber.ToText(LongestSymbol));
        }

        return new NumberSymbols
        {
            DecimalSeparator = Symbol("decimal-separator", "."),
            GroupingSeparator = Symbol("grouping-separator", ","),
            ExponentSeparator = Symbol("exponent-separator", "e"),
            MinusSign = Symbol("minus-sign", "-"),
            Percent = Symbol("percent", "%"),
            PerMille = Symbol("per-mille", "‰"),
            ZeroDigit = Symbol("zero-digit", "0"),
            Digit = Symbol("digit", "#"),
            PatternSeparator = Symbol("pattern-separator", ";"),
        };
    }

    /// <summary>Whether a character is one of the ten digits that start at <see cref="ZeroDigit"/>.</summary>
    internal bool IsDigit(char c) => ZeroDigit.Length > 0 && c >= ZeroDigit[0] && c <= ZeroDigit[0] + 9;

    internal bool IsOptionalDigit(char c) => Is(Digit, c);

    internal bool IsExponentSeparator(char c) => Is(ExponentSeparator, c);

    /// <summary>Whether a character has a meaning in the number part of a picture; all others are plain text before or behind it.</summary>
    internal bool IsActive(char c) =>
        IsDigit(c) || Is(DecimalSeparator, c) || Is(ExponentSeparator, c) || Is(GroupingSeparator, c) || Is(Digit, c) || Is(PatternSeparator, c);

    /// <summary>ASCII digits in this digit family.</summary>
    internal string Localize(string digits) =>
        ZeroDigit is "0" or "" ? digits : string.Concat(digits.Select(digit => char.IsAsciiDigit(digit) ? (char)(ZeroDigit[0] + (digit - '0')) : digit));

    static bool Is(string symbol, char c) => symbol.Length == 1 && symbol[0] == c;
}
