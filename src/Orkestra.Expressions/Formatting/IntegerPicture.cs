using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orkestra.Expressions.Formatting;

/// <summary>
/// An analysed integer picture: <c>$formatInteger</c>, <c>$parseInteger</c> and the numbers of a date picture. XPath F&amp;O 3.1 section 4.6.1,
/// https://www.w3.org/TR/xpath-functions-31/#func-format-integer, with the answers of the JSONata reference where it differs.
/// </summary>
internal sealed class IntegerPicture
{
    static readonly PictureCache<IntegerPicture> Cache = new(Analyse);

    static readonly int[] Zeros =
    [
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090,
        0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ];

    /// <summary>From the right end of the number leftwards; empty when <see cref="RegularInterval"/> is set.</summary>
    readonly (int Position, string Sign)[] separators = [];

    IntegerPicture(IntegerForm form, LetterCase letters, bool ordinal, string token)
    {
        Form = form;
        Letters = letters;
        Ordinal = ordinal;
        Token = token;
    }

    IntegerPicture(bool ordinal, string token, int zero, int mandatory, int optional, List<(int Position, string Sign)> separators)
        : this(IntegerForm.Decimal, LetterCase.Lower, ordinal, token)
    {
        Zero = zero;
        MandatoryDigits = mandatory;
        OptionalDigits = optional;
        RegularInterval = Regularity(separators);
        if (RegularInterval > 0) RegularSign = separators[0].Sign;
        else this.separators = [.. separators];
    }

    internal IntegerForm Form { get; }

    internal LetterCase Letters { get; }

    internal bool Ordinal { get; }

    internal string Token { get; }

    /// <summary>The code point of the digit zero of a decimal picture.</summary>
    internal int Zero { get; }

    /// <summary>Digits a decimal picture always writes; null for other forms.</summary>
    internal int? MandatoryDigits { get; }

    internal int OptionalDigits { get; }

    /// <summary>Digits between grouping separators that repeat; 0 when there are none or they stand at uneven places.</summary>
    internal int RegularInterval { get; }

    internal string? RegularSign { get; }

    /// <exception cref="PictureException">D3130 or D3131.</exception>
    internal static string Format(double value, string picture) => Cache.Get(picture).Format(Math.Floor(value));

    /// <summary>The number a text stands for by a picture; not a number when the text is not of that form.</summary>
    /// <exception cref="PictureException">D3130 or D3131.</exception>
    internal static double Parse(string text, string picture) => Cache.Get(picture).Parse(text);

    /// <exception cref="PictureException">D3131: digits of two families.</exception>
    internal static IntegerPicture Analyse(string picture)
    {
        var semicolon = picture.LastIndexOf(';');
        var token = semicolon < 0 ? picture : picture[..semicolon];
        var ordinal = semicolon >= 0 && picture.AsSpan(semicolon + 1).StartsWith('o');
        return token switch
        {
            "A" => new(IntegerForm.Letters, LetterCase.Upper, ordinal, token),
            "a" => new(IntegerForm.Letters, LetterCase.Lower, ordinal, token),
            "I" => new(IntegerForm.Roman, LetterCase.Upper, ordinal, token),
            "i" => new(IntegerForm.Roman, LetterCase.Lower, ordinal, token),
            "W" => new(IntegerForm.Words, LetterCase.Upper, ordinal, token),
            "w" => new(IntegerForm.Words, LetterCase.Lower, ordinal, token),
            "Ww" => new(IntegerForm.Words, LetterCase.Title, ordinal, token),
            _ => AnalyseDigits(token, ordinal),
        };
    }

    /// <exception cref="PictureException">D3130: a numbering sequence; U1001: too large for a roman numeral.</exception>
    internal string Format(double integer) => Format(integer, MandatoryDigits ?? 0);

    /// <summary>Formats with at least so many digits, in place of <see cref="MandatoryDigits"/>.</summary>
    /// <exception cref="PictureException">D3130: a numbering sequence, or a value that is not finite; U1001: too large for a roman numeral.</exception>
    internal string Format(double integer, int digits)
    {
        // The dialect of Step Functions calculates with infinity and not-a-number, which have no letters, numerals or words.
        if (!double.IsFinite(integer) && Form is not IntegerForm.Decimal) throw new PictureException("D3130", Token);
        var value = Math.Abs(integer);
        var text = Form switch
        {
            IntegerForm.Decimal => FormatDigits(value, digits),
            IntegerForm.Letters => FormatLetters(value),
            IntegerForm.Roman => Cased(RomanNumber.Write(value)),
            IntegerForm.Words => Cased(EnglishNumber.Write(value, Ordinal)),
            _ => throw new PictureException("D3130", Token),
        };
        return integer < 0 ? "-" + text : text;
    }

    /// <summary>The number a text stands for; not a number when the text is not of this form.</summary>
    /// <exception cref="PictureException">D3130: a numbering sequence.</exception>
    [SuppressMessage("Globalization", "CA1308", Justification = "Words are looked up in lower case.")]
    internal double Parse(string text) => Form switch
    {
        IntegerForm.Decimal => ParseDigits(text),
        IntegerForm.Letters => ParseLetters(text, Letters == LetterCase.Upper ? 'A' : 'a'),
        IntegerForm.Roman => RomanNumber.Read(Letters == LetterCase.Upper ? text : text.ToUpperInvariant()),
        IntegerForm.Words => EnglishNumber.Read(text.ToLowerInvariant()),
        _ => throw new PictureException("D3130", Token),
    };

    static IntegerPicture AnalyseDigits(string token, bool ordinal)
    {
        var zero = -1;
        int mandatory = 0, optional = 0;
        var separators = new List<(int Position, string Sign)>();
        foreach (var rune in token.EnumerateRunes().Reverse())
        {
            var family = Array.Find(Zeros, start => rune.Value >= start && rune.Value <= start + 9);
            if (family != 0)
            {
                if (zero >= 0 && zero != family) throw new PictureException("D3131");
                zero = family;
                mandatory++;
            }
            else if (rune.Value == '#')
            {
                optional++;
            }
            else
            {
                separators.Add((mandatory + optional, rune.ToString()));
            }
        }

        return mandatory == 0 ? new(IntegerForm.Sequence, LetterCase.Lower, ordinal, token) : new(ordinal, token, zero, mandatory, optional, separators);
    }

    /// <summary>The interval at which equal separators repeat without a gap, else 0.</summary>
    static int Regularity(List<(int Position, string Sign)> separators)
    {
        if (separators.Count == 0 || separators.Exists(separator => separator.Sign != separators[0].Sign)) return 0;
        var interval = separators.Aggregate(0, (divisor, separator) => Divisor(divisor, separator.Position));
        for (var i = 1; i <= separators.Count; i++)
        {
            if (!separators.Exists(separator => separator.Position == i * interval)) return 0;
        }

        return interval;
    }

    static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    string FormatDigits(double value, int digits)
    {
        var text = EcmaNumber.ToText(value).PadLeft(Math.Max(0, digits), '0');
        if (Zero != '0') text = string.Concat(text.Select(digit => new Rune(digit - '0' + Zero).ToString()));
        text = RegularInterval > 0 ? GroupRegularly(text) : Group(text);
        return Ordinal ? text + OrdinalSuffix(text) : text;
    }

    string GroupRegularly(string text)
    {
        var output = new StringBuilder(text);
        for (var at = text.Length - RegularInterval; at > 0; at -= RegularInterval) output.Insert(at, RegularSign);
        return output.ToString();
    }

    string Group(string text)
    {
        for (var i = separators.Length - 1; i >= 0; i--)
        {
            var (position, sign) = separators[i];
            var at = text.Length - position;
            // Left of the first digit the reference counts from the end again, as ECMAScript's substr does.
            text = at >= 0 ? text.Insert(at, sign) : sign + text[Math.Max(0, text.Length + at)..];
        }

        return text;
    }

    static string OrdinalSuffix(string text) => text.Length > 1 && text[^2] == '1' ? "th" : text[^1] switch
    {
        '1' => "st",
        '2' => "nd",
        '3' => "rd",
        _ => "th",
    };

    string FormatLetters(double value)
    {
        var output = new StringBuilder();
        for (; value > 0; value = Math.Floor((value - 1) / 26)) output.Insert(0, (char)((Letters == LetterCase.Upper ? 'A' : 'a') + (int)((value - 1) % 26)));
        return output.ToString();
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Lower case is what the picture asks for.")]
    string Cased(string text) => Letters switch
    {
        LetterCase.Upper => text.ToUpperInvariant(),
        LetterCase.Lower => text.ToLowerInvariant(),
        _ => text,
    };

    static double ParseLetters(string text, char first)
    {
        double value = 0;
        for (var i = 0; i < text.Length; i++) value += (text[^(i + 1)] - first + 1) * Math.Pow(26, i);
        return value;
    }

    double ParseDigits(string text)
    {
        var digits = Ordinal ? text[..Math.Max(0, text.Length - 2)] : text;
        if (RegularInterval > 0) digits = digits.Replace(",", "", StringComparison.Ordinal);
        else foreach (var (_, sign) in separators) digits = digits.Replace(sign, "", StringComparison.Ordinal);
        if (Zero != '0') digits = string.Concat(digits.Select(digit => (char)(digit - Zero + '0')));
        return EcmaNumber.ParseInt(digits);
    }
}
