using Orkestra.Deployment;
using Orkestra.Expressions.Data;

namespace Orkestra.Cdk.Composition;

/// <summary>States as the plain objects CDK takes, with placeholders filled in.</summary>
internal static class StateText
{
    public static Dictionary<string, object> Of(JsonObject state, IReadOnlyDictionary<string, string> substitutions, params ReadOnlySpan<string> without)
    {
        var members = new Dictionary<string, object>();
        foreach (var (name, value) in state)
        {
            if (!without.Contains(name)) members.Add(name, name == "Resource" && value is JsonString resource ? DeployedPartition.Fill(Filled(resource.Value, substitutions), Amazon.CDK.Aws.PARTITION) : Of(value, substitutions));
        }

        return members;
    }

    static object Of(JsonValue value, IReadOnlyDictionary<string, string> substitutions) => value switch
    {
        JsonObject members => Of(members, substitutions),
        JsonArray items => items.Select(item => Of(item, substitutions)).ToArray(),
        JsonString text => Filled(text.Value, substitutions),
        JsonNumber number => number.Value,
        JsonBoolean boolean => boolean.Value,
        _ => throw new SynthesisException("A state with a null in it cannot be composed with CDK's states, whose JSON leaves nulls out: deploy the workflow with StateMachine instead."),
    };

    static string Filled(string text, IReadOnlyDictionary<string, string> substitutions)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return text;
        foreach (var (name, value) in substitutions) text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal);
        return text;
    }
}
