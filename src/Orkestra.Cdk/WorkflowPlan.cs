using System.Text.RegularExpressions;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Cdk.Composition;
using Orkestra.Cdk.Permissions;
using Orkestra.Deployment;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Cdk;

/// <summary>A workflow's document, written and validated once, and what deploying it needs.</summary>
internal sealed partial class WorkflowPlan
{
    WorkflowPlan(WorkflowDefinition definition, string text)
    {
        Definition = definition;
        Text = text;
    }

    public WorkflowDefinition Definition { get; }

    public string Text { get; }

    /// <summary>Placeholders of the text beside those of functions, with what they stand for.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>What the parts of the flow that CDK made may do.</summary>
    public IReadOnlyList<PolicyStatement> Policies { get; init; } = [];

    public bool HasDistributedMap => Definition.Document.States.Values.Any(Documents.IsDistributed);

    public static WorkflowPlan Of(Workflow workflow, bool express)
    {
        var definition = workflow.Compile();
        var text = AslWriter.Write(definition.Document);
        Refusals.Of(() => Documents.Check(text, workflow.Name, express));
        List<CdkStates> parts = [.. definition.Sources.OfType<CdkStates>()];
        return new WorkflowPlan(definition, DeployedPartition.In(text))
        {
            Substitutions = parts.SelectMany(part => part.Substitutions).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal),
            Policies = [.. parts.SelectMany(part => part.Policies)],
        };
    }

    /// <summary>What the calls of services may do.</summary>
    public IReadOnlyList<PolicyStatement> PermissionsOf(
        Amazon.CDK.Stack stack, IReadOnlyDictionary<string, string> substitutions, Func<string, IReadOnlyList<PolicyStatement>?>? permissionsFor)
    {
        var derived = new DocumentPermissions(
            new StackArns(stack), substitutions, [.. Definition.Steps.Keys.Select(name => $"${{{name}}}")], name => Definition.SourcesByState.GetValueOrDefault(name) is CdkStates);
        return Statements.Of(derived.Of(Definition.Document.States), permissionsFor);
    }

    /// <summary>Refuses a placeholder that nothing fills in.</summary>
    public void CheckPlaceholders(IReadOnlyDictionary<string, string> substitutions) => CheckPlaceholders(Text, Definition.Workflow.Name, substitutions);

    /// <summary>Refuses a placeholder of a text that nothing fills in.</summary>
    public static void CheckPlaceholders(string text, string who, IReadOnlyDictionary<string, string> substitutions)
    {
        if (BadPlaceholder().Match(text) is { Success: true, Value: var bad })
            throw new SynthesisException($"{who} refers to {bad}, which isn't filled in when it is deployed: the name of a placeholder has letters, digits and underscores only, such as ${{{new string([.. bad.Where(char.IsAsciiLetterOrDigit)])}}}.");
        foreach (Match placeholder in ArgumentText.Placeholder().Matches(text))
        {
            var name = placeholder.Groups["name"].Value;
            if (!substitutions.TryGetValue(name, out var value))
                throw new SynthesisException($"{who} refers to {placeholder.Value}, and nothing says what that is: set Substitutions = new Dictionary<string, string> {{ [\"{name}\"] = … }}.");
            if (string.IsNullOrEmpty(value)) throw new SynthesisException($"{who} refers to {placeholder.Value}, but Substitutions[\"{name}\"] is {(value is null ? "null" : "empty")}: give it the value that takes its place.");
        }
    }

    [GeneratedRegex(@"\$\{[A-Za-z0-9_]+[.-][A-Za-z0-9_.-]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex BadPlaceholder();

    public StateMachineProps StateMachineProps(Construct scope, string id, WorkflowProps props)
    {
        var machine = new StateMachineProps
        {
            StateMachineName = props.StateMachineName,
            StateMachineType = props.StateMachineType,
            DefinitionBody = DefinitionBody.FromString(Text),
            Logs = props.Logs ?? DefaultLogs(scope, id, props.StateMachineType),
            TracingEnabled = props.TracingEnabled ?? props.Observability ?? (Definition.Workflow.Observability ? true : null),
            Role = props.Role,
            RemovalPolicy = props.RemovalPolicy,
            EncryptionConfiguration = props.EncryptionConfiguration,
        };
        if (machine.Logs is { Level: LogLevel.OFF }) machine.Logs = null;
        props.Configure?.Invoke(machine);
        if (machine.StateMachineType == Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS && props.StateMachineType != machine.StateMachineType)
            throw new SynthesisException($"Configure makes {Definition.Workflow.Name} an Express workflow: set {nameof(WorkflowProps)}.{nameof(props.StateMachineType)} instead, so that what Express doesn't allow is found.");
        UniqueNames.Take(scope, "state machines", machine.StateMachineName, $"{scope.Node.Path}/{id}", "set another StateMachineName for one of them, or leave it out");
        return machine;
    }

    static LogOptions DefaultLogs(Construct scope, string id, Amazon.CDK.AWS.StepFunctions.StateMachineType type) => new()
    {
        Destination = new LogGroup(scope, id + "Logs", new LogGroupProps { Retention = RetentionDays.ONE_MONTH }),
        Level = type == Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS ? LogLevel.ALL : LogLevel.ERROR,
        IncludeExecutionData = type == Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS,
    };
}
