namespace Orkestra.Expressions.Formatting;

/// <summary>One of the at most two halves of a number picture, checked and measured (XPath F&amp;O 3.1 sections 4.7.3 and 4.7.4).</summary>
internal sealed class NumberSubpicture
{
    readonly NumberSymbols symbols;
    readonly string picture;
    readonly string active;
    readonly string mantissa;
    readonly string integer;
    readonly string fraction;
    readonly string? exponent;

    /// <exception cref="PictureException">D3081 to D3093.</exception>
    internal NumberSubpicture(string picture, NumberSymbols symbols)
    {
        this.picture = picture;
        this.symbols = symbols;
        Prefix = picture[..Math.Max(0, FirstActive())];
        Suffix = picture[(LastActive() is >= 0 and var last ? last + 1 : picture.Length)..];
        active = Prefix.Length + Suffix.Length > picture.Length ? "" : picture[Prefix.Length..^Suffix.Length];
        (mantissa, exponent) = SplitExponent();
        var at = mantissa.IndexOf(symbols.DecimalSeparator, StringComparison.Ordinal);
        (integer, fraction) = at < 0 ? (mantissa, Suffix) : (mantissa[..at], mantissa[(at + 1)..]);
        Check();
        IntegerGroups = GroupPositions(integer, toLeft: false);
        FractionGroups = GroupPositions(fraction, toLeft: true);
        RegularGroup = Regularity(IntegerGroups);
        ScalingFactor = MinInteger = integer.Count(symbols.IsDigit);
        MinFraction = fraction.Count(symbols.IsDigit);
        MaxFraction = MinFraction + fraction.Count(symbols.IsOptionalDigit);
        MinExponent = exponent?.Count(symbols.IsDigit) ?? 0;
        IsPercent = Has(symbols.Percent);
        IsPerMille = Has(symbols.PerMille);
        HasDecimalSeparator = Has(symbols.DecimalSeparator);
        Adjust();
    }

    internal string Prefix { get; }

    internal string Suffix { get; }

    /// <summary>Digits to the right of each separator of the integer part, as written from left to right.</summary>
    internal List<int> IntegerGroups { get; }

    /// <summary>Digits between the decimal point and each separator of the fraction.</summary>
    internal List<int> FractionGroups { get; }

    /// <summary>The interval at which separators repeat; 0 when they do not.</summary>
    internal int RegularGroup { get; }

    internal int ScalingFactor { get; }

    internal int MinInteger { get; private set; }

    internal int MinFraction { get; private set; }

    internal int MaxFraction { get; private set; }

    internal int MinExponent { get; }

    internal bool IsPercent { get; }

    internal bool IsPerMille { get; }

    internal bool HasDecimalSeparator { get; }

    bool Has(string symbol) => picture.Contains(symbol, StringComparison.Ordinal);

    int FirstActive()
    {
        for (var i = 0; i < picture.Length; i++)
        {
            if (symbols.IsActive(picture[i]) && !symbols.IsExponentSeparator(picture[i])) return i;
        }

        return -1;
    }

    int LastActive()
    {
        for (var i = picture.Length - 1; i >= 0; i--)
        {
            if (symbols.IsActive(picture[i]) && !symbols.IsExponentSeparator(picture[i])) return i;
        }

        return -1;
    }

    (string Mantissa, string? Exponent) SplitExponent()
    {
        var at = picture.IndexOf(symbols.ExponentSeparator, Prefix.Length, StringComparison.Ordinal);
        if (at < 0 || at > picture.Length - Suffix.Length) return (active, null);
        // The reference looks for the exponent in the whole sub-picture and cuts the active part at that place.
        return (active[..Math.Min(at, active.Length)], active[Math.Min(at + 1, active.Length)..]);
    }

    /// <summary>Of several faults the last one of this order is reported, as in the reference.</summary>
    void Check()
    {
        string? fault = null;
        var point = picture.IndexOf(symbols.DecimalSeparator, StringComparison.Ordinal);
        if (Repeats(symbols.DecimalSeparator)) fault = "D3081";
        if (Repeats(symbols.Percent)) fault = "D3082";
        if (Repeats(symbols.PerMille)) fault = "D3083";
        if (Has(symbols.Percent) && Has(symbols.PerMille)) fault = "D3084";
        if (!mantissa.Any(IsAnyDigit)) fault = "D3085";
        if (!active.All(symbols.IsActive)) fault = "D3086";
        if (point >= 0)
        {
            if (IsGroupingAt(picture, point - 1) || IsGroupingAt(picture, point + 1)) fault = "D3087";
        }
        else if (IsGroupingAt(integer, integer.Length - 1))
        {
            fault = "D3088";
        }

        if (Has(symbols.GroupingSeparator + symbols.GroupingSeparator)) fault = "D3089";
        var optional = integer.IndexOf(symbols.Digit, StringComparison.Ordinal);
        if (optional >= 0 && integer[..optional].Any(symbols.IsDigit)) fault = "D3090";
        optional = fraction.LastIndexOf(symbols.Digit, StringComparison.Ordinal);
        if (optional >= 0 && fraction[optional..].Any(symbols.IsDigit)) fault = "D3091";
        if (exponent is { Length: > 0 } && (Has(symbols.Percent) || Has(symbols.PerMille))) fault = "D3092";
        if (exponent is not null && (exponent.Length == 0 || !exponent.All(symbols.IsDigit))) fault = "D3093";
        if (fault is not null) throw new PictureException(fault, picture);
    }

    bool Repeats(string symbol) => picture.IndexOf(symbol, StringComparison.Ordinal) != picture.LastIndexOf(symbol, StringComparison.Ordinal);

    bool IsGroupingAt(string text, int at) => at >= 0 && at < text.Length && symbols.GroupingSeparator.Length == 1 && text[at] == symbols.GroupingSeparator[0];

    bool IsAnyDigit(char c) => symbols.IsDigit(c) || symbols.IsOptionalDigit(c);

    List<int> GroupPositions(string part, bool toLeft)
    {
        var positions = new List<int>();
        if (symbols.GroupingSeparator.Length == 0) return positions;
        var at = part.IndexOf(symbols.GroupingSeparator, StringComparison.Ordinal);
        while (at >= 0)
        {
            var cut = Math.Min(at, part.Length);
            positions.Add((toLeft ? part[..cut] : part[cut..]).Count(IsAnyDigit));
            // The reference looks for all but the first separator in the integer part, also for a fraction.
            at = at + 1 >= integer.Length ? -1 : integer.IndexOf(symbols.GroupingSeparator, at + 1, StringComparison.Ordinal);
        }

        return positions;
    }

    static int Regularity(List<int> positions)
    {
        if (positions.Count == 0) return 0;
        var interval = positions.Aggregate(0, Divisor);
        for (var i = 1; i <= positions.Count; i++)
        {
            if (!positions.Contains(i * interval)) return 0;
        }

        return interval;
    }

    static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    /// <summary>The rules of section 4.7.4 for pictures without mandatory digits.</summary>
    void Adjust()
    {
        if (MinInteger == 0 && MaxFraction == 0)
        {
            if (exponent is not null) MinFraction = MaxFraction = 1;
            else MinInteger = 1;
        }

        if (exponent is not null && MinInteger == 0 && integer.Contains(symbols.Digit, StringComparison.Ordinal)) MinInteger = 1;
        if (MinInteger == 0 && MinFraction == 0) MinFraction = 1;
    }
}
