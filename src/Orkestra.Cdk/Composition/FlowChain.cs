using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Deployment;
using Orkestra.Expressions.Data;
using State = Amazon.CDK.AWS.StepFunctions.State;

namespace Orkestra.Cdk.Composition;

/// <summary>Makes a chain of CDK states of an Orkestra flow: a state for each of its top-level states.</summary>
internal static class FlowChain
{
    public static Chain Of(Construct scope, FlowDefinition? flow, FlowProps? props = null, Workflow? workflow = null)
    {
        if (flow is null) throw new SynthesisException("A flow without any step cannot be composed: there is no state to go to.");
        if (flow.Document.States.Values.Any(Documents.IsDistributed))
            throw new SynthesisException($"The flow {flow} has a distributed map, which starts executions of its own state machine: deploy it with StateMachine instead of composing it by hand.");
        if (flow.Workflows.Count > 0)
            throw new SynthesisException($"The flow {flow} starts the workflow {flow.Workflows.Values.First().Name}, whose state machine isn't deployed with a chain of CDK states: deploy it with StateMachine instead of composing it by hand.");
        var parts = new FlowParts(scope, flow, props ?? new FlowProps(), workflow);
        WorkflowPlan.CheckPlaceholders(AslWriter.Write(flow.Document), workflow?.Name ?? $"The flow {flow}", parts.Substitutions);
        var states = flow.Document.States.ToDictionary(state => state.Key, state => Make(scope, state.Key, state.Value, flow.StatesNamingJsonata[state.Key], parts), StringComparer.Ordinal);
        foreach (var (name, state) in flow.Document.States) Connect(states[name], state, flow.StatesNamingJsonata[name], states, parts);
        // Where the flow ends without a state of its own the compiler has put a Succeed; in a chain the next state follows there.
        INextable[] ends = [.. flow.Document.States.Where(state => state.Value.End == true || state.Value is SucceedState).Select(state => (INextable)states[state.Key])];
        return Chain.Custom(states[flow.Document.StartAt!], ends, states.Values.Last());
    }

    static State Make(Construct scope, string name, Asl.State state, Asl.State named, FlowParts parts)
    {
        var id = Ids.Free(scope, name);
        return state switch
        {
            SucceedState { Output: null, Assign: null } => new Pass(scope, id),
            // The next state of the chain follows it.
            SucceedState => new FlowState(scope, id, new(StateText.Of(Json(named), parts.Substitutions)) { ["Type"] = "Pass" }, []),
            ChoiceState => new FlowChoice(scope, id, Json(named)),
            _ => new FlowState(scope, id, StateText.Of(Json(named), parts.Substitutions, "Next", "End", "Catch"), parts.PermissionsOf(name, state)),
        };
    }

    // Between CDK's states, which are in JSONPath, each authored state says that it is not.
    static JsonObject Json(Asl.State named) => (JsonObject)AslWriter.ToJson(named);

    static void Connect(State made, Asl.State state, Asl.State named, Dictionary<string, State> states, FlowParts parts)
    {
        if (made is FlowChoice choice)
        {
            var rules = ((ChoiceState)state).Choices.Select(rule => rule.Next).Append(((ChoiceState)state).Default);
            foreach (var target in rules.OfType<string>()) choice.Leads(target, states[target]);
            return;
        }

        if (made is not FlowState part) return;
        if (state is FallibleState { Catch.Count: > 0 } fallible)
        {
            foreach (var (catcher, members) in fallible.Catch.Zip((JsonArray)Json(named)["Catch"]!))
                part.Catches(StateText.Of((JsonObject)members, parts.Substitutions, "ErrorEquals", "Next"), [.. catcher.ErrorEquals], states[catcher.Next!]);
        }

        if (state.Next is { } next) part.Next(states[next]);
    }
}
