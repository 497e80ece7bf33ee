using System.Text.RegularExpressions;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Functions;
using Orkestra.Deployment;

namespace Orkestra.Cdk;

/// <summary>A workflow as a state machine, with the functions of its steps below it.</summary>
public partial class WorkflowStateMachine : StateMachine
{
    /// <param name="scope">Where it belongs.</param>
    /// <param name="id">Its id.</param>
    /// <param name="plan">The workflow.</param>
    /// <param name="props">How it is deployed.</param>
    /// <param name="around">The workflows that start it, outermost first; none when null.</param>
    internal WorkflowStateMachine(Construct scope, string id, WorkflowPlan plan, WorkflowProps props, IReadOnlyList<Workflow>? around = null)
        : base(scope, id, plan.StateMachineProps(scope, id, props))
    {
        Definition = plan.Definition;
        DefinitionText = plan.Text;
        var functions = new Dictionary<string, Function>();
        var activities = new Dictionary<string, Activity>();
        var substitutions = new Dictionary<string, string>(plan.Substitutions);
        foreach (var (name, value) in props.Substitutions)
        {
            // What is meant for the workflows around it is not its own.
            if (around is null || plan.Text.Contains($"${{{name}}}", StringComparison.Ordinal)) substitutions[name] = value;
        }

        var forAll = FunctionPlan.ForAll(props, plan.Definition.Workflow);
        foreach (var (name, step) in plan.Definition.Steps)
        {
            if (substitutions.ContainsKey(name))
                throw new SynthesisException($"The step '{step.Name}' has the name of something that the definition of {plan.Definition.Workflow.Name} refers to: give the step another Name.");
            if (step.Host == StepHost.Worker)
            {
                activities.Add(name, ActivityMaker.Make(this, step, plan.Definition.Workflow.Name));
                substitutions.Add(name, activities[name].ActivityName);
                continue;
            }

            var function = FunctionMaker.Make(this, step, props.FunctionFor?.Invoke(step), forAll, plan.Definition.Workflow);
            functions.Add(name, function);
            substitutions.Add(name, props.Versions ? function.CurrentVersion.FunctionArn : function.FunctionArn);
            AddToRolePolicy(FunctionMaker.MayCall(function, props.Versions));
        }

        Functions = functions;
        Activities = activities;
        if (activities.Count > 0) ActivityMaker.AddPlaceholders(substitutions);
        var machines = new Dictionary<string, IStateMachine>();
        foreach (var (name, workflow) in plan.Definition.Workflows)
        {
            var machine = NestedStateMachines.Make(this, workflow, props, [.. around ?? [], plan.Definition.Workflow]);
            machines.Add(name, machine);
            if (!substitutions.TryAdd(name, machine.StateMachineArn))
                throw new SynthesisException($"The workflow '{name}' has the name of something that the definition of {plan.Definition.Workflow.Name} refers to: name the substitution otherwise, or override Name of the workflow.");
            NestedStateMachines.Allow(this, machine, Documents.WaitsFor(plan.Definition.Document, $"${{{name}}}"));
        }

        StateMachines = machines;
        var resource = (CfnStateMachine)Node.DefaultChild!;
        if (DeployedPartition.IsOpenIn(plan.Text))
        {
            substitutions[DeployedPartition.Name] = Amazon.CDK.Aws.PARTITION;
            resource.AddMetadata("cfn-lint", new Dictionary<string, object> { ["config"] = new Dictionary<string, object> { ["ignore_checks"] = DeployedPartition.IgnoredFindings.ToArray() } });
        }

        plan.CheckPlaceholders(substitutions);
        if (substitutions.Count > 0) resource.DefinitionSubstitutions = substitutions;
        foreach (var statement in plan.Policies) AddToRolePolicy(statement);
        foreach (var statement in plan.PermissionsOf(Amazon.CDK.Stack.Of(this), substitutions, props.PermissionsFor)) AddToRolePolicy(statement);
        if (plan.Definition.StartsItself) NestedStateMachines.AllowItself(this, Documents.WaitsFor(plan.Definition.Document, "{% $states.context.StateMachine.Id %}"));
        if (plan.HasDistributedMap) AllowDistributedMaps();
        StartArn = props.Alias is { } alias ? MakeAlias(alias) : StateMachineArn;
    }

    /// <summary>The compiled workflow.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>
    /// The definition string: byte for byte what was validated and what the engine runs here, with <c>${Step}</c> for each function and <c>${AWS::Partition}</c> for the partition in the ARNs of
    /// integrations, which is <c>aws</c> here.
    /// </summary>
    public string DefinitionText { get; }

    /// <summary>The functions by the names of their substitutions, which are the names of their steps.</summary>
    public IReadOnlyDictionary<string, Function> Functions { get; }

    /// <summary>The state machines that this one starts, by the names of their substitutions, which are the names of their workflows.</summary>
    public IReadOnlyDictionary<string, IStateMachine> StateMachines { get; }

    /// <summary>The activities of the steps that workers do, by the names of their substitutions, which are the names of their steps.</summary>
    public IReadOnlyDictionary<string, Activity> Activities { get; }

    /// <summary>
    /// The value of the environment variable <c>ORKESTRA_ACTIVITIES</c> of the workers: a JSON object with the ARN of the activity of each step. A worker in the account and the region of the state
    /// machine finds it without.
    /// </summary>
    public string WorkerActivities => Amazon.CDK.Stack.Of(this).ToJsonString(Activities.ToDictionary(activity => activity.Key, activity => (object)activity.Value.ActivityArn));

    /// <summary>Lets the role of a worker ask for the work of the activities and report about it, and nothing else.</summary>
    /// <param name="worker">The role, or what has one: a task definition's <c>TaskRole</c>, an instance, a user.</param>
    /// <exception cref="SynthesisException">No step of the workflow runs in a worker.</exception>
    public void GrantWorker(IGrantable worker)
    {
        if (Activities.Count == 0) throw new SynthesisException($"No step of {Definition.Workflow.Name} runs in a worker: set Host = StepHost.Worker on one.");
        string[] arns = [.. Activities.Values.Select(activity => activity.ActivityArn)];
        worker.GrantPrincipal.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps { Actions = ["states:GetActivityTask"], Resources = arns }));
        worker.GrantPrincipal.AddToPrincipalPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"],
            Resources = [.. arns, StateMachineArn],
        }));
    }

    /// <summary>What to start: the alias when there is one, else the state machine.</summary>
    public string StartArn { get; }

    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html
    [GeneratedRegex("^(?=.*[A-Za-z_.-])[A-Za-z0-9_.-]{1,80}$", RegexOptions.CultureInvariant)]
    private static partial Regex AliasName();

    string MakeAlias(string name)
    {
        if (!Token.IsUnresolved(name) && !AliasName().IsMatch(name))
            throw new SynthesisException($"The alias of {Definition.Workflow.Name} is '{name}': an alias has 1 to 80 letters, digits, hyphens, underscores and dots, and isn't a number.");
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
