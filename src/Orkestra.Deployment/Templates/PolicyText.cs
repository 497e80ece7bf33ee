using System.Text.Json.Nodes;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>Policies and roles in the form of IAM.</summary>
internal static class PolicyText
{
    const string Version = "2012-10-17";

    /// <summary>A document that allows something; the same is said once.</summary>
    /// <param name="grants">What is allowed.</param>
    /// <param name="text">The form of a text with references.</param>
    public static JsonObject Document(IEnumerable<Grant> grants, Func<string, JsonNode> text)
    {
        var statements = new JsonArray();
        foreach (var statement in grants.Select(grant => Statement(grant, text)))
        {
            if (!statements.Any(other => JsonNode.DeepEquals(other, statement))) statements.Add((JsonNode)statement);
        }

        return new JsonObject { ["Version"] = Version, ["Statement"] = statements };
    }

    public static JsonObject Document(params IEnumerable<Grant> grants) => Document(grants, TemplateText.Value);

    /// <summary>Who may take a role: a service, for this account alone when <paramref name="isBound"/>.</summary>
    public static JsonObject AssumedBy(string service, bool isBound = false)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = "sts:AssumeRole", ["Principal"] = new JsonObject { ["Service"] = service } };
        if (isBound) statement["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = TemplateText.Value("${AWS::AccountId}") } };
        return new JsonObject { ["Version"] = Version, ["Statement"] = new JsonArray(statement) };
    }

    static JsonObject Statement(Grant grant, Func<string, JsonNode> text)
    {
        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = OneOrMany([.. grant.Actions.Select(action => (JsonNode)JsonValue.Create(action))]),
            ["Resource"] = OneOrMany([.. grant.Resources.Select(text)]),
        };
        if (grant.Conditions.Count == 0) return statement;
        var conditions = new JsonObject();
        foreach (var (name, key, value) in grant.Conditions) conditions[name] = new JsonObject { [key] = text(value) };
        statement["Condition"] = conditions;
        return statement;
    }

    static JsonNode OneOrMany(JsonNode[] nodes) => nodes is [var only] ? only : new JsonArray(nodes);
}
