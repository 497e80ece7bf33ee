using System.Text;

namespace Orkestra.Expressions.Formatting;

/// <summary>Whole numbers as roman numerals.</summary>
internal static class RomanNumber
{
    /// <summary>Above this a numeral would be a wall of thousands signs.</summary>
    internal const double Largest = 10_000_000;

    static readonly (int Value, string Sign)[] Signs =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    /// <summary>The numeral of a number that is not negative; empty for zero.</summary>
    /// <exception cref="PictureException">U1001: the number is above <see cref="Largest"/>.</exception>
    internal static string Write(double value)
    {
        if (value > Largest) throw new PictureException("U1001", EcmaNumber.ToText(value));
        var output = new StringBuilder();
        foreach (var (step, sign) in Signs)
        {
            for (; value >= step; value -= step) output.Append(sign);
        }

        return output.ToString();
    }

    /// <summary>The number of an upper case numeral; not a number when it holds another sign.</summary>
    internal static double Read(string numeral)
    {
        double value = 0;
        var largest = 1;
        for (var i = numeral.Length - 1; i >= 0; i--)
        {
            var digit = numeral[i] switch { 'M' => 1000, 'D' => 500, 'C' => 100, 'L' => 50, 'X' => 10, 'V' => 5, 'I' => 1, _ => 0 };
            if (digit == 0) return double.NaN;
            value += digit < largest ? -digit : digit;
            largest = Math.Max(largest, digit);
        }

        return value;
    }
}
