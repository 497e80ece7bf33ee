using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Newtonsoft.Json.Linq;
using Orkestra.Expressions.Data;

namespace Orkestra.Cdk;

/// <summary>A choice of an Orkestra flow among CDK's states.</summary>
public class FlowChoice : FlowState
{
    readonly JsonObject json;
    readonly Dictionary<string, State> targets = new(StringComparer.Ordinal);

    internal FlowChoice(Construct scope, string id, JsonObject json)
        : base(scope, id, new Dictionary<string, object> { ["Type"] = "Choice" }, []) =>
        this.json = json;

    /// <summary>Tells CDK of a state the choice can lead to, so that it belongs to the same graph.</summary>
    /// <param name="name">What the choice calls it.</param>
    /// <param name="target">The state.</param>
    internal void Leads(string name, State target)
    {
        // The condition only carries the transition: the rules are rendered below.
        if (targets.TryAdd(name, target)) AddChoice(Condition.IsPresent("$"), target);
    }

    /// <summary>The choice as it was authored, with the names its targets have in the chain.</summary>
    public override JObject ToStateJson()
    {
        var state = JObject.Parse(json.ToJson());
        foreach (var rule in state["Choices"]!) rule["Next"] = NameOf(rule["Next"]);
        if (state["Default"] is { } otherwise) state["Default"] = NameOf(otherwise);
        return state;
    }

    string NameOf(JToken? name) => targets[(string)name!].StateId;
}
