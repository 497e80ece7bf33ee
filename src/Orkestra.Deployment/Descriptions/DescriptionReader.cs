using System.Text.Json;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Deployment.Descriptions;

/// <summary>Reads what the command <c>describe</c> of a workflow program writes.</summary>
internal static class DescriptionReader
{
    const int Newest = 1;

    /// <summary>The workflows of a program.</summary>
    /// <param name="program">What messages call the program.</param>
    /// <param name="text">What it wrote.</param>
    /// <exception cref="DeploymentException">It is no description, or one of a newer version.</exception>
    public static IReadOnlyList<WorkflowDescription> Read(string program, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var version = json.RootElement.GetProperty("version").GetInt32();
            if (version > Newest) throw new DeploymentException($"The program {program} describes its workflows in version {version}, and this tool reads {Newest}: update the tool orkestra.");
            return [.. json.RootElement.GetProperty("workflows").EnumerateArray().Select(Workflow)];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DeploymentException($"The program {program} does not describe its workflows: its output is no description ({problem.Message.TrimEnd('.')}). Let its Program.cs return await OrkestraHost.RunAsync(args, …), and write nothing to standard output before.", problem);
        }
    }

    static WorkflowDescription Workflow(JsonElement json)
    {
        var description = new WorkflowDescription(new ProgramWorkflow(Text(json, "name"), Text(json, "type")));
        if (json.TryGetProperty("around", out var around) && around.GetBoolean()) return description with { IsAround = true };
        return description with
        {
            Observability = json.GetProperty("observability").GetBoolean(),
            StartsItself = json.GetProperty("startsItself").GetBoolean(),
            Definition = Text(json, "definition"),
            Steps = [.. json.GetProperty("steps").EnumerateArray().Select(Step)],
            Workflows = json.GetProperty("workflows").EnumerateObject().ToDictionary(other => other.Name, other => Workflow(other.Value)),
        };
    }

    static StepDescription Step(JsonElement json) =>
        new(new ProgramStep(Text(json, "name"), Text(json, "function"), Text(json, "file"), Text(json, "input"), Text(json, "output")), Text(json, "host") == "Worker")
        {
            Description = json.TryGetProperty("description", out var description) ? description.GetString() : null,
            Memory = json.TryGetProperty("memory", out var memory) ? memory.GetInt32() : null,
            Timeout = json.TryGetProperty("timeout", out var timeout) ? TimeSpan.FromSeconds(timeout.GetDouble()) : null,
            Environment = json.GetProperty("environment").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!),
        };

    static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");
}
