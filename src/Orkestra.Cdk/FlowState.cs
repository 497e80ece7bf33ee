using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Newtonsoft.Json.Linq;

namespace Orkestra.Cdk;

/// <summary>A state of an Orkestra flow among CDK's states.</summary>
public class FlowState : CustomState
{
    readonly IReadOnlyList<PolicyStatement> permissions;
    readonly List<JObject> catchers = [];

    internal FlowState(Construct scope, string id, Dictionary<string, object> json, IReadOnlyList<PolicyStatement> permissions)
        : base(scope, id, new CustomStateProps { StateJson = json }) =>
        this.permissions = permissions;

    /// <summary>Catches errors as it was authored. CDK knows no more of a catcher than its errors and where it goes.</summary>
    /// <param name="catcher">The other members, such as <c>Output</c>.</param>
    /// <param name="errors">The names of the errors.</param>
    /// <param name="handler">Where it goes.</param>
    internal void Catches(Dictionary<string, object> catcher, string[] errors, State handler)
    {
        catchers.Add(JObject.FromObject(catcher));
        AddCatch(handler, new CatchProps { Errors = errors });
    }

    /// <summary>The state as it was authored, with the names that other states have in the chain.</summary>
    public override JObject ToStateJson()
    {
        var state = base.ToStateJson();
        // CDK ends every state that leads nowhere, and a Fail state has no such member.
        if ((string?)state["Type"] == "Fail") state.Remove("End");
        for (var i = 0; i < catchers.Count; i++) ((JObject)state["Catch"]![i]!).Merge(catchers[i]);
        return state;
    }

    /// <summary>Gives the state machine what the state needs.</summary>
    protected override void WhenBoundToGraph(StateGraph graph)
    {
        base.WhenBoundToGraph(graph);
        foreach (var statement in permissions) graph.RegisterPolicyStatement(statement);
    }
}
