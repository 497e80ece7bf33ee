using System.Text.Json.Nodes;

namespace Orkestra.Deployment.Templates;

/// <summary>The settings of a function, whatever deploys it.</summary>
/// <param name="Description">A text for people.</param>
/// <param name="Runtime">The runtime of Lambda.</param>
/// <param name="Handler">The assembly, or for an executable the step.</param>
/// <param name="Architecture">The processor as Lambda names it.</param>
/// <param name="Memory">In MiB.</param>
/// <param name="TimeoutSeconds">How long it may run.</param>
/// <param name="IsTraced">Whether X-Ray traces it.</param>
/// <param name="Environment">Its variables.</param>
internal sealed record FunctionSettings(string Description, string Runtime, string Handler, string Architecture, int Memory, int TimeoutSeconds, bool IsTraced, IReadOnlyDictionary<string, string> Environment)
{
    public JsonObject EnvironmentJson()
    {
        var variables = new JsonObject();
        foreach (var (name, value) in Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)) variables.Add(name, value);
        return variables;
    }

    public JsonObject ToJson() => new()
    {
        ["description"] = Description,
        ["runtime"] = Runtime,
        ["handler"] = Handler,
        ["architecture"] = Architecture,
        ["memory"] = Memory,
        ["timeout"] = TimeoutSeconds,
        ["tracing"] = IsTraced ? "Active" : "PassThrough",
        ["environment"] = EnvironmentJson(),
    };
}
