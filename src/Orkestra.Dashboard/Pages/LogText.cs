using System.Text.RegularExpressions;

namespace Orkestra.Dashboard.Pages;

/// <summary>Finds the addresses in a text, so that they can be followed.</summary>
internal static partial class LogText
{
    const int LongestAddress = 2_000;

    /// <summary>The parts of a text; those with an address lead there. Only http and https, so that nothing runs when one is followed.</summary>
    internal static IEnumerable<(string Text, string? Address)> PartsOf(string text)
    {
        var from = 0;
        foreach (Match match in Candidate().Matches(text))
        {
            var found = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '"');
            if (found.Length > LongestAddress || !Uri.TryCreate(found, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) continue;
            if (match.Index > from) yield return (text[from..match.Index], null);
            yield return (found, address.AbsoluteUri);
            from = match.Index + found.Length;
        }

        if (from < text.Length) yield return (text[from..], null);
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""\p{C}]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
