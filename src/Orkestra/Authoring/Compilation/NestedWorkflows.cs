using System.Text.Json.Serialization.Metadata;
using Orkestra.Asl;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// The workflows that a flow starts, and the states for them. An execution that is awaited and fails is reported as <c>States.TaskFailed</c> with its description; a Fail state makes the error of the other
/// workflow of it, so that a catch or the caller sees what it would see of a step.
/// </summary>
internal sealed class NestedWorkflows(StateNames names, PayloadSerializer serializer, Workflow? own)
{
    const string Input = "$states.input";

    readonly Dictionary<string, Workflow> workflows = new(StringComparer.Ordinal);

    /// <summary>The workflows by the names that stand for their ARNs in the document, apart from the flow's own.</summary>
    public Dictionary<string, Workflow> Workflows => workflows;

    /// <summary>Whether the workflow starts executions of itself.</summary>
    public bool StartsItself { get; private set; }

    /// <summary>The name that stands for the ARN of a workflow: its own name without what a substitution may not have.</summary>
    public static string Substitution(string name) => string.Concat(name.Where(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));

    public Fragment Compile(NestedFlowNode node, GraphDraft graph)
    {
        var state = new TaskState
        {
            Comment = node.Workflow.Description,
            Resource = node.Waits ? "arn:aws:states:::states:startExecution.sync:2" : "arn:aws:states:::states:startExecution",
            Arguments = Arguments(node.Workflow),
            TimeoutSeconds = node.Timeout is { } timeout ? Seconds.Of(timeout, $"The timeout of the workflow '{node.Workflow.Name}'") : null,
            Output = FlowCompiler.Expression(node.Waits ? "$states.result.Output" : "$states.result.ExecutionArn"),
        };
        var draft = graph.Add(names.Unique(node.Label), state);
        if (!node.Waits) return Fragment.Of(draft);
        draft.CatchExit(new Catcher { ErrorEquals = [ErrorNames.TaskFailed] }).Continue(graph.Add(names.Unique($"{node.Label} failed"), new FailState
        {
            Error = FlowCompiler.Expression($"($cause := {Input}.Cause; $error := $substring($cause, -1) = '}}' ? $parse($cause).Error : null; $type($error) = 'string' ? $error : '{ErrorNames.TaskFailed}')").Value,
            Cause = FlowCompiler.Expression($"($cause := {Input}.Cause; $inner := $substring($cause, -1) = '}}' ? $parse($cause).Cause : null; $type($inner) = 'string' ? $inner : $cause)").Value,
        }).Name);
        return new Fragment(draft.Name, [draft.Exit()]);
    }

    JsonObject Arguments(Workflow workflow)
    {
        // A state machine's own ARN isn't known to its own definition before it is deployed.
        var isOwn = IsOwn(workflow);
        if (isOwn) WorkflowArguments.CheckSame(own!, workflow);
        StartsItself |= isOwn;
        JsonValue arn = isOwn ? FlowCompiler.Expression("$states.context.StateMachine.Id") : $"${{{Add(workflow)}}}";
        var input = InputOf(workflow.InputType);
        return input is null ? JsonObject.Create(("StateMachineArn", arn)) : JsonObject.Create(("StateMachineArn", arn), ("Input", FlowCompiler.Expression(input)));
    }

    bool IsOwn(Workflow workflow) => own is not null && AreOne(workflow, own);

    /// <summary>Whether two objects are one workflow: of one class and one name.</summary>
    public static bool AreOne(Workflow one, Workflow other) => one.GetType() == other.GetType() && one.Name == other.Name;

    string Add(Workflow workflow)
    {
        var name = Substitution(workflow.Name);
        if (name.Length == 0) throw new WorkflowException($"The workflow name '{workflow.Name}' has no letter or digit: override Name.");
        if (workflows.TryAdd(name, workflow)) return name;
        WorkflowArguments.CheckSame(workflows[name], workflow);
        if (workflows[name].GetType() == workflow.GetType()) return name;
        throw new WorkflowException($"The name '{name}' stands for two workflows, {TypeName.Of(workflows[name].GetType())} and {TypeName.Of(workflow.GetType())}: override Name in one of them.");
    }

    // The service takes an object as it is, and everything else as JSON text: a bare text would be read as JSON.
    string? InputOf(Type type)
    {
        if (type == typeof(Nothing)) return null;
        if (serializer.Options.TryGetTypeInfo(type, out var info) && info.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary) return Input;
        return $"$type({Input}) = 'string' ? $substring($string([{Input}]), 1, $length($string([{Input}])) - 2) : $string({Input})";
    }
}
