using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>A cloud assembly, the folder that <c>cdk synth</c> writes (<c>cdk.out</c>).</summary>
internal static class CdkOutput
{
    const string Manifest = "manifest.json";

    internal static bool IsAt(string folder) => File.Exists(Path.Combine(folder, Manifest));

    /// <summary>The templates, those of nested assemblies too, each with the folders and files of its assets by their hash.</summary>
    /// <exception cref="ToolException">A file of it cannot be read.</exception>
    internal static IEnumerable<(string File, IReadOnlyDictionary<string, string> Assets)> Templates(string folder)
    {
        foreach (var (_, artifact) in StructuredFile.Read(Path.Combine(folder, Manifest))["artifacts"] as JsonObject ?? JsonObject.Empty)
        {
            var type = (artifact["type"] as JsonString)?.Value;
            var properties = artifact["properties"] ?? JsonObject.Empty;
            if (type == "aws:cloudformation:stack" && properties["templateFile"] is JsonString template)
            {
                yield return (Path.Combine(folder, template.Value), Assets(folder));
            }
            else if (type == "cdk:cloud-assembly" && properties["directoryName"] is JsonString nested)
            {
                foreach (var inner in Templates(Path.Combine(folder, nested.Value))) yield return inner;
            }
        }
    }

    static Dictionary<string, string> Assets(string folder)
    {
        var assets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.assets.json"))
        {
            foreach (var (hash, asset) in StructuredFile.Read(file)["files"] as JsonObject ?? JsonObject.Empty)
            {
                if (asset["source"]?["path"] is JsonString path) assets[hash] = Path.GetFullPath(Path.Combine(folder, path.Value));
            }
        }

        return assets;
    }
}
