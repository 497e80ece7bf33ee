using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orkestra.Authoring;
using Orkestra.Deployment.Descriptions;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>The resources of a workflow: its state machine with log group, role and permissions, its functions and activities, and the workflows it starts.</summary>
internal sealed class MachineResources
{
    static readonly string[] LogDelivery =
    [
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
    ];

    static readonly string[] Tracing = ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"];

    readonly TemplateParts parts;
    readonly TemplateOptions options;
    readonly FunctionResources functions;
    readonly HashSet<string> ids = [];
    readonly TemplateArns arns;
    readonly Dictionary<string, (WorkflowDescription Workflow, string Id)> shared = [];
    readonly List<MadeMachine> made = [];

    /// <param name="parts">The template.</param>
    /// <param name="program">What functions run.</param>
    /// <param name="options">How workflows are deployed.</param>
    /// <param name="workflows">The workflows that have state machines of their own; others that start them refer to these.</param>
    public MachineResources(TemplateParts parts, TemplateProgram program, TemplateOptions options, IEnumerable<WorkflowDescription> workflows)
    {
        this.parts = parts;
        this.options = options;
        functions = new FunctionResources(parts, program, options);
        arns = new TemplateArns(ids);
        foreach (var workflow in workflows)
        {
            if (!shared.TryAdd(workflow.Name, (workflow, parts.FreeId(workflow.Name))))
                throw new DeploymentException($"The program has two workflows named {workflow.Name}: give one of them another Name, or choose workflows with --workflow.");
            ids.Add(shared[workflow.Name].Id);
        }
    }

    /// <summary>What was made, those inside others behind them.</summary>
    public IReadOnlyList<MadeMachine> Made => made;

    /// <summary>Makes the state machines.</summary>
    /// <exception cref="DeploymentException">One cannot be deployed.</exception>
    public void Make()
    {
        foreach (var (workflow, id) in shared.Values) Make(workflow, id, isInside: false);
    }

    void Make(WorkflowDescription workflow, string id, bool isInside)
    {
        var isExpress = !isInside && options.Express.Contains(workflow.Name);
        Documents.Check(workflow.Definition, workflow.Name, isExpress);
        var (logs, role, policy) = (parts.FreeId(id + "Logs"), parts.FreeId(id + "Role"), parts.FreeId(id + "RoleDefaultPolicy"));
        var isTraced = options.Observability ?? (workflow.Observability ? true : (bool?)null);
        var grants = new List<Grant> { new(LogDelivery, ["*"]) };
        if (isTraced == true) grants.Add(new Grant(Tracing, ["*"]));
        var machine = new MadeMachine(workflow, id, isExpress);
        made.Add(machine);
        parts.Add(logs, "AWS::Logs::LogGroup", new JsonObject { ["RetentionInDays"] = options.LogDays }, "Retain");
        parts.Add(role, "AWS::IAM::Role", new JsonObject { ["AssumeRolePolicyDocument"] = PolicyText.AssumedBy("states.amazonaws.com") });
        var definition = DeployedPartition.In(workflow.Definition);
        var properties = Properties(definition, isExpress, logs, role, isTraced);
        parts.Add(id, "AWS::StepFunctions::StateMachine", properties, "Delete", policy);
        AddSteps(machine, grants);
        AddWorkflows(machine, grants);
        if (DeployedPartition.IsOpenIn(definition))
        {
            machine.Substitutions[DeployedPartition.Name] = "${AWS::Partition}";
            parts.Ignore(id, [.. DeployedPartition.IgnoredFindings]);
        }

        AddParameters(machine);
        var calls = new DocumentPermissions(arns, machine.Substitutions, [.. workflow.Steps.Select(step => $"${{{step.Step.Function}}}")]);
        grants.AddRange(calls.Of(workflow.Document.States).SelectMany(state => state.Grants));
        parts.Add(policy, "AWS::IAM::Policy", Policy(role, "Machine", grants));
        machine.Grants.AddRange(grants);
        AddItself(machine, role);
        if (machine.Substitutions.Count > 0) properties["DefinitionSubstitutions"] = Substitutions(machine);
        machine.StartArn = !isInside && options.Alias is { } alias ? Alias(id, alias) : TemplateText.Ref(id);
    }

    static JsonObject Properties(string definition, bool isExpress, string logs, string role, bool? isTraced)
    {
        var destination = new JsonObject { ["CloudWatchLogsLogGroup"] = new JsonObject { ["LogGroupArn"] = TemplateText.Value(TemplateText.Attribute(logs, "Arn")) } };
        var properties = new JsonObject
        {
            ["DefinitionString"] = definition,
            ["LoggingConfiguration"] = new JsonObject { ["Destinations"] = new JsonArray(destination), ["IncludeExecutionData"] = isExpress, ["Level"] = isExpress ? "ALL" : "ERROR" },
            ["RoleArn"] = TemplateText.Value(TemplateText.Attribute(role, "Arn")),
            ["StateMachineType"] = isExpress ? "EXPRESS" : "STANDARD",
        };
        if (isTraced is { } isOn) properties["TracingConfiguration"] = new JsonObject { ["Enabled"] = isOn };
        return properties;
    }

    void AddSteps(MadeMachine machine, List<Grant> grants)
    {
        foreach (var step in machine.Workflow.Steps)
        {
            if (!step.IsWorker)
            {
                var function = functions.Make(machine.Id, machine.Workflow, step);
                machine.Functions.Add(function);
                machine.Substitutions.Add(step.Step.Function, function.CalledArn);
                grants.Add(new Grant(["lambda:InvokeFunction"], [function.CallableArn(options.Versions)]));
                continue;
            }

            var activity = parts.FreeId($"{machine.Id}{step.Step.Function}Activity");
            parts.Add(activity, "AWS::StepFunctions::Activity", new JsonObject { ["Name"] = $"{machine.Workflow.Name}-{step.Step.Function}" });
            machine.Substitutions.Add(step.Step.Function, TemplateText.Attribute(activity, "Name"));
            machine.Substitutions[WorkflowDefinition.ActivityRegion] = "${AWS::Region}";
            machine.Substitutions[WorkflowDefinition.ActivityAccount] = "${AWS::AccountId}";
        }
    }

    void AddWorkflows(MadeMachine machine, List<Grant> grants)
    {
        foreach (var (name, workflow) in machine.Workflow.Workflows)
        {
            if (workflow.IsAround)
                throw new DeploymentException($"The workflows {machine.Workflow.Name} and {workflow.Name} start each other, so that each state machine would need the ARN of the other before it is deployed: deploy them with the CDK package, which can name one of them (StateMachineFor).");
            var id = shared.TryGetValue(workflow.Name, out var own) && own.Workflow.Workflow == workflow.Workflow ? own.Id : null;
            if (id is null)
            {
                ids.Add(id = parts.FreeId($"{machine.Id}{workflow.Name}"));
                Make(workflow, id, isInside: true);
            }

            machine.Substitutions.Add(name, TemplateText.Ref(id));
            grants.AddRange(StartGrants.Of(arns, TemplateText.Ref(id), Documents.WaitsFor(machine.Workflow.Document, $"${{{name}}}")));
        }
    }

    // What the document refers to and the program does not know is said at deployment.
    void AddParameters(MadeMachine machine)
    {
        foreach (Match placeholder in ArgumentText.Placeholder().Matches(machine.Workflow.Definition))
        {
            var name = placeholder.Groups["name"].Value;
            if (machine.Substitutions.ContainsKey(name)) continue;
            machine.Substitutions.Add(name, TemplateText.Ref(parts.Parameter(name, $"What the definition of {machine.Workflow.Name} calls {name}.")));
        }
    }

    // Policies of their own, made after the state machine, whose name they need: https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    void AddItself(MadeMachine machine, string role)
    {
        var arn = TemplateText.Ref(machine.Id);
        if (machine.Workflow.StartsItself)
            Add("StartItselfPolicy", [.. StartGrants.Of(arns, arn, Documents.WaitsFor(machine.Workflow.Document, "{% $states.context.StateMachine.Id %}"))]);
        if (machine.Workflow.Document.States.Values.Any(Documents.IsDistributed))
        {
            Add("DistributedMapPolicy",
            [
                new Grant(["states:StartExecution"], [arn]),
                new Grant(["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"], [arns.Format("states", $"execution:{TemplateText.Attribute(machine.Id, "Name")}/*")]),
            ]);
        }

        void Add(string name, Grant[] grants)
        {
            parts.Add(parts.FreeId(machine.Id + name), "AWS::IAM::Policy", Policy(role, name, grants));
            machine.Grants.AddRange(grants);
        }
    }

    static JsonObject Policy(string role, string name, IEnumerable<Grant> grants) => new()
    {
        ["PolicyDocument"] = PolicyText.Document(grants),
        ["PolicyName"] = name,
        ["Roles"] = new JsonArray(TemplateText.Value(TemplateText.Ref(role))),
    };

    static JsonObject Substitutions(MadeMachine machine)
    {
        var substitutions = new JsonObject();
        foreach (var (name, text) in machine.Substitutions) substitutions.Add(name, TemplateText.Value(text));
        return substitutions;
    }

    string Alias(string id, string name)
    {
        var (version, alias) = (parts.FreeId(id + "Version"), parts.FreeId(id + "Alias"));
        // Kept, so that a deployment can be rolled back to the version before it.
        parts.Add(version, "AWS::StepFunctions::StateMachineVersion", new JsonObject
        {
            ["StateMachineArn"] = TemplateText.Value(TemplateText.Ref(id)),
            ["StateMachineRevisionId"] = TemplateText.Value(TemplateText.Attribute(id, "StateMachineRevisionId")),
        }, "Retain");
        parts.Add(alias, "AWS::StepFunctions::StateMachineAlias", new JsonObject
        {
            ["DeploymentPreference"] = new JsonObject { ["StateMachineVersionArn"] = TemplateText.Value(TemplateText.Attribute(version, "Arn")), ["Type"] = "ALL_AT_ONCE" },
            ["Name"] = name,
        });
        return TemplateText.Attribute(alias, "Arn");
    }
}
