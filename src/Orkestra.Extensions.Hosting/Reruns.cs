using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Extensions.Hosting;

/// <summary>
/// The names of reruns. A rerun is a run of its own; its name says what it came from, so that every store and every tool keeps it.
/// </summary>
internal static partial class Reruns
{
    const int LongestName = 80;

    /// <summary>The name of the n-th rerun of a run.</summary>
    internal static string NameOf(string original, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-rerun-{number}");
        var name = Suffix().Replace(original, "");
        return name[..Math.Min(name.Length, LongestName - suffix.Length)] + suffix;
    }

    /// <summary>The number of the next rerun, at the least.</summary>
    internal static int NextOf(string name) => Suffix().Match(name) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, out var number) ? number + 1 : 1;

    /// <summary>The ARN a rerun's name points to; null when the name is not that of a rerun.</summary>
    internal static string? OriginOf(string arn) => Suffix().Match(arn) is { Success: true, Index: var index } ? arn[..index] : null;

    [GeneratedRegex("-rerun-([0-9]{1,6})$")]
    private static partial Regex Suffix();
}
