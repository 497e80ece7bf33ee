using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Extensions.Hosting;

/// <summary>
/// The names of reruns. A rerun is a run of its own; its name says what it came from, so that every store and every tool keeps it.
/// </summary>
public static partial class Reruns
{
    const int LongestName = 80;

    /// <summary>The name of a rerun, of at most 80 characters.</summary>
    /// <param name="original">The name of the run; of a rerun, the run it came from counts.</param>
    /// <param name="number">Which rerun of the run it is, from 1.</param>
    public static string NameOf(string original, int number)
    {
        ArgumentNullException.ThrowIfNull(original);
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-rerun-{number}");
        var name = Suffix().Replace(original, "");
        return name[..Math.Min(name.Length, LongestName - suffix.Length)] + suffix;
    }

    /// <summary>The number that the next rerun has at the least: reruns of other tools may be there too.</summary>
    /// <param name="name">The name of a run or a rerun.</param>
    public static int NextOf(string name) => Suffix().Match(name) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, out var number) ? number + 1 : 1;

    /// <summary>The ARN of the run that a rerun came from; null when the ARN is not that of a rerun.</summary>
    /// <param name="arn">The ARN of an execution.</param>
    public static string? OriginOf(string arn) => Suffix().Match(arn) is { Success: true, Index: var index } ? arn[..index] : null;

    [GeneratedRegex("-rerun-([0-9]{1,6})$")]
    private static partial Regex Suffix();
}
