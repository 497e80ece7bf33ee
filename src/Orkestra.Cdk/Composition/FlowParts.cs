using Amazon.CDK.AWS.IAM;
using Constructs;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Cdk.Functions;
using Orkestra.Cdk.Permissions;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Cdk.Composition;

/// <summary>What the placeholders of a flow's document stand for in a scope: functions, and what CDK's own states refer to.</summary>
internal sealed class FlowParts
{
    readonly Dictionary<string, string> substitutions = new(StringComparer.Ordinal);
    readonly Dictionary<string, PolicyStatement> callable = new(StringComparer.Ordinal);
    readonly List<PolicyStatement> policies = [];

    readonly DocumentPermissions services;
    readonly FlowProps props;

    public FlowParts(Construct scope, FlowDefinition flow, FlowProps props, Workflow? workflow)
    {
        this.props = props;
        foreach (var (name, value) in props.Substitutions) substitutions[name] = value;
        var forAll = FunctionPlan.ForAll(props, workflow);
        foreach (var (name, step) in flow.Steps)
        {
            if (substitutions.ContainsKey(name)) throw new SynthesisException($"The step '{step.Name}' has the name of something that Substitutions fills in: give the step another Name.");
            if (step.Host == StepHost.Worker)
            {
                substitutions.Add(name, ActivityMaker.Make(scope, step, workflow?.Name).ActivityName);
                ActivityMaker.AddPlaceholders(substitutions);
                continue;
            }

            var function = FunctionMaker.Make(scope, step, props.FunctionFor?.Invoke(step), forAll, workflow);
            substitutions.Add(name, props.Versions ? function.CurrentVersion.FunctionArn : function.FunctionArn);
            callable.Add(name, FunctionMaker.MayCall(function, props.Versions));
        }

        foreach (var source in flow.Sources.OfType<CdkStates>())
        {
            foreach (var (name, value) in source.Substitutions) substitutions[name] = value;
            policies.AddRange(source.Policies);
        }

        services = new(
            new StackArns(Amazon.CDK.Stack.Of(scope)), substitutions, [.. flow.Steps.Keys.Select(name => $"${{{name}}}")], name => flow.SourcesByState.GetValueOrDefault(name) is CdkStates);
    }

    public IReadOnlyDictionary<string, string> Substitutions => substitutions;

    /// <summary>What a state, with all inside it, needs to be allowed.</summary>
    public IReadOnlyList<PolicyStatement> PermissionsOf(string name, State state)
    {
        var text = AslWriter.ToJson(state).ToJson();
        return
        [
            .. callable.Where(function => text.Contains($"${{{function.Key}}}", StringComparison.Ordinal)).Select(function => function.Value),
            .. state.QueryLanguage == QueryLanguage.JSONPath ? policies : [],
            .. Statements.Of(services.Of(name, state), props.PermissionsFor),
        ];
    }
}
