using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Lambda;

/// <summary>
/// What a program says of itself to those who deploy it: <c>{"version":1,"functions":[{"workflow":"Shop","step":"Charge","file":"Shop.cs","input":"Order","output":"Receipt"}]}</c>.
/// A <c>problem</c> is why a function cannot start.
/// </summary>
internal static class ManifestWriter
{
    const int Version = 1;

    public static void Write(string path, IEnumerable<ManifestEntry> entries)
    {
        // Written at once: a reader never meets half of it.
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("functions");
            foreach (var entry in entries)
                Write(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        File.WriteAllBytes(path, text.ToArray());
    }

    static void Write(Utf8JsonWriter json, ManifestEntry entry)
    {
        json.WriteStartObject();
        WriteText(json, "workflow", entry.Workflow);
        WriteText(json, "step", entry.Function);
        if (entry.Step is { } step)
        {
            json.WriteString("file", Path.GetFileName(step.SourceFile.Replace('\\', '/')));
            json.WriteString("input", TypeName.Of(step.InputType));
            json.WriteString("output", TypeName.Of(step.OutputType));
        }

        WriteText(json, "problem", entry.Problem);
        json.WriteEndObject();
    }

    static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
