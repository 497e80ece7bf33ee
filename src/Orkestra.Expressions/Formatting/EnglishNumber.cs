using System.Text;

namespace Orkestra.Expressions.Formatting;

/// <summary>Whole numbers as English words, cardinal (<c>forty-two</c>) and ordinal (<c>forty-second</c>).</summary>
internal static class EnglishNumber
{
    static readonly string[] Cardinals =
    [
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen",
        "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
    ];

    static readonly string[] Ordinals =
    [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth", "Thirteenth",
        "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
    ];

    static readonly string[] Tens = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];

    // Larger numbers repeat the last one: ten billion trillion.
    static readonly string[] Thousands = ["Thousand", "Million", "Billion", "Trillion"];

    static readonly Dictionary<string, double> Values = MakeValues();

    /// <summary>Every word that can stand in a number, lower case.</summary>
    internal static IEnumerable<string> Words => Values.Keys;

    /// <summary>A number, not negative, in words with initial capitals.</summary>
    internal static string Write(double value, bool ordinal)
    {
        if (!double.IsFinite(value)) return EcmaNumber.ToText(value);
        var output = new StringBuilder();
        Write(output, value, ordinal, after: false);
        return output.ToString();
    }

    /// <summary>The number that words, lower case, stand for; not a number when one of them is unknown.</summary>
    internal static double Read(string words)
    {
        // Each group waits for the magnitude that follows it: "two hundred" times "thousand", then "and six".
        var groups = new Stack<double>();
        groups.Push(0);
        foreach (var word in Split(words))
        {
            var top = groups.Pop();
            var value = Values.GetValueOrDefault(word, double.NaN);
            if (value < 100)
            {
                if (top >= 1000)
                {
                    groups.Push(top);
                    top = 0;
                }

                groups.Push(top + value);
            }
            else
            {
                groups.Push(top * value);
            }
        }

        return groups.Reverse().Sum();
    }

    static void Write(StringBuilder output, double value, bool ordinal, bool after)
    {
        if (value < 20)
        {
            output.Append(after ? " and " : "").Append((ordinal ? Ordinals : Cardinals)[(int)value]);
        }
        else if (value < 100)
        {
            output.Append(after ? " and " : "").Append(Tens[((int)value / 10) - 2]);
            var ones = value % 10;
            if (ones > 0)
            {
                output.Append('-');
                Write(output, ones, ordinal, after: false);
            }
            else if (ordinal)
            {
                output.Length--;
                output.Append("ieth");
            }
        }
        else if (value < 1000)
        {
            output.Append(after ? ", " : "").Append(Cardinals[(int)value / 100]).Append(" Hundred");
            WriteRest(output, value % 100, ordinal);
        }
        else
        {
            var magnitude = Math.Min((int)(Math.Log10(value) / 3), Thousands.Length);
            var factor = Math.Pow(10, magnitude * 3);
            var count = Math.Floor(value / factor);
            output.Append(after ? ", " : "");
            Write(output, count, ordinal: false, after: false);
            output.Append(' ').Append(Thousands[magnitude - 1]);
            WriteRest(output, value - (count * factor), ordinal);
        }
    }

    static void WriteRest(StringBuilder output, double rest, bool ordinal)
    {
        if (rest > 0) Write(output, rest, ordinal, after: true);
        else if (ordinal) output.Append("th");
    }

    /// <summary>Words stand between blanks, hyphens, commas with a blank, and the word "and".</summary>
    static IEnumerable<string> Split(string words)
    {
        var start = 0;
        for (var at = 0; at < words.Length; at++)
        {
            var separator = Separator(words, at);
            if (separator == 0) continue;
            yield return words[start..at];
            start = at + separator;
            at = start - 1;
        }

        yield return words[start..];
    }

    static int Separator(string words, int at)
    {
        var c = words[at];
        var blank = EcmaNumber.IsWhiteSpace(c);
        if (c == ',' && at + 1 < words.Length && EcmaNumber.IsWhiteSpace(words[at + 1])) return 2;
        if (blank && string.CompareOrdinal(words, at + 1, "and", 0, 3) == 0 && at + 4 < words.Length && EcmaNumber.IsWhiteSpace(words[at + 4])) return 5;
        return blank || c is '-' or '\\' ? 1 : 0;
    }

    static Dictionary<string, double> MakeValues()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < Cardinals.Length; i++)
        {
            values[Lower(Cardinals[i])] = i;
            values[Lower(Ordinals[i])] = i;
        }

        for (var i = 0; i < Tens.Length; i++)
        {
            var word = Lower(Tens[i]);
            values[word] = (i + 2) * 10;
            values[word[..^1] + "ieth"] = (i + 2) * 10;
        }

        values["hundred"] = values["hundredth"] = 100;
        for (var i = 0; i < Thousands.Length; i++)
        {
            var word = Lower(Thousands[i]);
            values[word] = values[word + "th"] = Math.Pow(1000, i + 1);
        }

        return values;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "Words are lower case.")]
    static string Lower(string word) => word.ToLowerInvariant();
}
