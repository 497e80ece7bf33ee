namespace Orkestra.Conformance;

/// <summary>
/// Cases that are known to be answered differently, each with its reason: the lists under the headings <c>## Temporary</c> and <c>## Permanent</c> of <c>exclusions.md</c>, an entry being
/// <c>- `FILE` `ID`: REASON</c>.
/// </summary>
static class Exclusions
{
    internal static IReadOnlyDictionary<(string File, string Id), string> Read(string path)
    {
        var found = new Dictionary<(string, string), string>();
        foreach (var line in System.IO.File.ReadLines(path))
        {
            if (!line.StartsWith("- `", StringComparison.Ordinal)) continue;
            var parts = line.Split('`', 5);
            if (parts.Length < 5 || !parts[4].StartsWith(": ", StringComparison.Ordinal)) throw new FormatException($"{path}: '{line}' is not - `FILE` `ID`: REASON");
            found.Add((parts[1], parts[3]), parts[4][2..]);
        }

        return found;
    }
}
