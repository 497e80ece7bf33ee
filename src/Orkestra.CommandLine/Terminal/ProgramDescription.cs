using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Authoring;

namespace Orkestra.CommandLine.Terminal;

/// <summary>
/// What deploying the workflows of a program takes, as JSON for <c>orkestra template</c>: documents, and steps with their options. A workflow that another one starts is inside it; one that starts itself by way
/// of others has <c>around</c> there instead of its document.
/// </summary>
internal static class ProgramDescription
{
    const int Version = 1;

    /// <exception cref="WorkflowException">A workflow that another one starts is not valid.</exception>
    public static string Write(IEnumerable<WorkflowDefinition> workflows)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("workflows");
            foreach (var workflow in workflows) Write(json, workflow, []);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, WorkflowDefinition definition, IReadOnlyList<Workflow> around)
    {
        json.WriteStartObject();
        WriteNames(json, definition.Workflow);
        json.WriteBoolean("observability", definition.Workflow.Observability);
        json.WriteBoolean("startsItself", definition.StartsItself);
        json.WriteString("definition", AslWriter.Write(definition.Document));
        json.WriteStartArray("steps");
        foreach (var (function, step) in definition.Steps) Write(json, function, step);
        json.WriteEndArray();
        json.WriteStartObject("workflows");
        foreach (var (name, workflow) in definition.Workflows)
        {
            json.WritePropertyName(name);
            IReadOnlyList<Workflow> outside = [.. around, definition.Workflow];
            if (!outside.Any(other => other.GetType() == workflow.GetType() && other.Name == workflow.Name))
            {
                Write(json, workflow.Compile(), outside);
                continue;
            }

            json.WriteStartObject();
            WriteNames(json, workflow);
            json.WriteBoolean("around", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteNames(Utf8JsonWriter json, Workflow workflow)
    {
        json.WriteString("name", workflow.Name);
        json.WriteString("type", TypeName.Of(workflow.GetType()));
    }

    static void Write(Utf8JsonWriter json, string function, IStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("function", function);
        json.WriteString("file", Path.GetFileName(step.SourceFile.Replace('\\', '/')));
        json.WriteString("input", TypeName.Of(step.InputType));
        json.WriteString("output", TypeName.Of(step.OutputType));
        json.WriteString("host", step.Host.ToString());
        if (step.Description is { } description) json.WriteString("description", description);
        if (step.Memory is { } memory) json.WriteNumber("memory", memory);
        if (step.Timeout is { } timeout) json.WriteNumber("timeout", timeout.TotalSeconds);
        json.WriteStartObject("environment");
        foreach (var (name, value) in step.Environment) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
