using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Functions;

namespace Orkestra.Cdk;

/// <summary>A workflow as a state machine, with the functions of its steps below it.</summary>
public class WorkflowStateMachine : StateMachine
{
    internal WorkflowStateMachine(Construct scope, string id, WorkflowPlan plan, WorkflowProps props)
        : base(scope, id, plan.StateMachineProps(scope, id, props))
    {
        Definition = plan.Definition;
        DefinitionText = plan.Text;
        var functions = new Dictionary<string, Function>();
        var substitutions = new Dictionary<string, string>(plan.Substitutions);
        var forAll = FunctionPlan.ForAll(props, plan.Definition.Workflow);
        foreach (var (name, step) in plan.Definition.Steps)
        {
            if (plan.Substitutions.ContainsKey(name))
                throw new SynthesisException($"The step '{step.Name}' has the name of something that a CDK state of {plan.Definition.Workflow.Name} refers to: give the step another Name.");
            var function = FunctionMaker.Make(this, step, props.FunctionFor?.Invoke(step), forAll, plan.Definition.Workflow);
            functions.Add(name, function);
            substitutions.Add(name, props.Versions ? function.CurrentVersion.FunctionArn : function.FunctionArn);
            AddToRolePolicy(FunctionMaker.MayCall(function, props.Versions));
        }

        Functions = functions;
        if (substitutions.Count > 0) ((CfnStateMachine)Node.DefaultChild!).DefinitionSubstitutions = substitutions;
        foreach (var statement in plan.Policies) AddToRolePolicy(statement);
        if (plan.HasDistributedMap) AllowDistributedMaps();
        StartArn = props.Alias is { } alias ? MakeAlias(alias) : StateMachineArn;
    }

    /// <summary>The compiled workflow.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The definition string: byte for byte what was validated and what the engine runs here, with <c>${Step}</c> for each function.</summary>
    public string DefinitionText { get; }

    /// <summary>The functions by the names of their substitutions, which are the names of their steps.</summary>
    public IReadOnlyDictionary<string, Function> Functions { get; }

    /// <summary>What to start: the alias when there is one, else the state machine.</summary>
    public string StartArn { get; }

    string MakeAlias(string name)
    {
        var version = new CfnStateMachineVersion(this, "Version", new CfnStateMachineVersionProps
        {
            StateMachineArn = StateMachineArn,
            StateMachineRevisionId = StateMachineRevisionId,
        });
        // So that a deployment can be rolled back to the version before it.
        version.ApplyRemovalPolicy(Amazon.CDK.RemovalPolicy.RETAIN);
        return new CfnStateMachineAlias(this, "Alias", new CfnStateMachineAliasProps
        {
            Name = name,
            DeploymentPreference = new CfnStateMachineAlias.DeploymentPreferenceProperty { StateMachineVersionArn = version.AttrArn, Type = "ALL_AT_ONCE" },
        }).AttrArn;
    }

    // A policy of its own, made after the state machine, whose name it needs: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    void AllowDistributedMaps() => Role.AttachInlinePolicy(new Policy(this, "DistributedMapPolicy", new PolicyProps
    {
        Statements =
        [
            new PolicyStatement(new PolicyStatementProps { Actions = ["states:StartExecution"], Resources = [StateMachineArn] }),
            new PolicyStatement(new PolicyStatementProps
            {
                Actions = ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"],
                Resources = [Stack.Of(this).FormatArn(new ArnComponents
                {
                    Service = "states",
                    Resource = "execution",
                    ResourceName = $"{StateMachineName}/*",
                    ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
                })],
            }),
        ],
    }));
}
