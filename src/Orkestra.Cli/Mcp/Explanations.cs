using System.Reflection;
using System.Text.RegularExpressions;

namespace Orkestra.Cli.Mcp;

/// <summary>What codes and errors mean: the sections of docs/errors.md, and the pages of docs/diagnostics.</summary>
internal static partial class Explanations
{
    const string Pages = "Orkestra.Cli.Explanations.";

    static readonly Dictionary<string, string> Known = Read();

    /// <summary>The codes that are explained.</summary>
    internal static IEnumerable<string> Codes => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>The explanation of a code, as Markdown; null when there is no such code.</summary>
    internal static string? Find(string code) => Known.GetValueOrDefault(code.Trim());

    static Dictionary<string, string> Read()
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var page in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Pages, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(page)!);
            var text = reader.ReadToEnd().ReplaceLineEndings("\n");
            var code = page[Pages.Length..^".md".Length];
            if (code.StartsWith("ORK", StringComparison.Ordinal)) found[code] = text.Trim();
            else foreach (Match section in Section.Matches(text)) found[section.Groups["code"].Value] = section.Groups["text"].Value.Trim();
        }

        return found;
    }

    [GeneratedRegex(@"^## (?<code>\S+)\n(?<text>.*?)(?=^#|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section { get; }
}
