using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Testing;

/// <summary>Refuses steps and states that the workflow under test does not have: a rule for one, or an assertion about it, would say nothing.</summary>
internal static class TestSubject
{
    internal static WorkflowDefinition Require(WorkflowDefinition? definition, IStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (definition is null) throw new InvalidOperationException($"This is a test of a document, which knows no steps: name the state instead of the step '{step.Name}'.");
        if (definition.Steps.Values.Contains(step)) return definition;
        throw new ArgumentException(
            FusedPart(definition, step) ?? NestedStep(definition, step)
            ?? $"The workflow {definition.Workflow.Name} does not use the step '{step.Name}'; it uses {string.Join(", ", definition.Steps.Keys)}.",
            nameof(step));
    }

    /// <summary>Refuses a step whose result is never read, because every state that calls it waits for a callback.</summary>
    internal static void RequireResult(WorkflowDefinition? definition, IStep step)
    {
        string[] states = [.. Require(definition, step).StepsByState.Where(pair => ReferenceEquals(pair.Value, step)).Select(static pair => pair.Key)];
        var waiting = CallbackStates([definition!.Document]);
        if (states.Length == 0 || !states.All(waiting.Contains)) return;
        throw new ArgumentException(
            $"The state '{states[0]}' waits for a callback, so nothing reads what the step '{step.Name}' gives: call Start, and answer with (await run.CallbackAsync(\"{states[0]}\")).SucceedAsync(…). "
            + "Replace replaces what the step does before.",
            nameof(step));
    }

    /// <summary>Refuses the state of a callback where a test answers the task.</summary>
    internal static string RequireAnswerable(StateMachine document, string state) =>
        !CallbackStates([document]).Contains(Require(document, state)) ? state : throw new ArgumentException(
            $"The state '{state}' waits for a callback, which is no answer to its request: call Start, and answer with (await run.CallbackAsync(\"{state}\")).SucceedAsync(…).", nameof(state));

    internal static void RequireCallback(IReadOnlyList<StateMachine> documents, string state)
    {
        var waiting = CallbackStates(documents);
        if (waiting.Contains(state)) return;
        throw new ArgumentException(
            waiting.Count == 0
                ? $"No state '{state}' waits for a callback, and no other state of the document does."
                : $"No state '{state}' waits for a callback; these do: {string.Join(", ", waiting)}.",
            nameof(state));
    }

    internal static string[] Require(StateMachine document, string[] states)
    {
        ArgumentNullException.ThrowIfNull(states);
        foreach (var state in states) Require(document, state);
        return states;
    }

    internal static string Require(StateMachine document, string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return DocumentStates.Of(document).Any(found => found.Name == state)
            ? state
            : throw new ArgumentException($"The document has no state '{state}'; it has {string.Join(", ", DocumentStates.Of(document).Select(found => found.Name))}.", nameof(state));
    }

    static List<string> CallbackStates(IReadOnlyList<StateMachine> documents) =>
    [
        .. documents.SelectMany(static document => DocumentStates.Of(document))
            .Where(static found => found.State is TaskState { Resource: { } resource } && TaskResource.Parse(resource).Pattern == TaskPattern.WaitForTaskToken)
            .Select(static found => found.Name).Distinct(),
    ];

    // The steps of a fused one are known by its description alone, which lists them.
    static string? FusedPart(WorkflowDefinition definition, IStep step)
    {
        var part = $", {step.Description ?? step.Name}, ";
        foreach (var (state, whole) in definition.StepsByState)
        {
            if (whole.GetType().IsGenericType || !$", {whole.Description}, ".Contains(part, StringComparison.Ordinal)) continue;
            return $"The step '{step.Name}' is a part of the fused step '{whole.Name}', which runs as one state, '{state}': answer or fail the whole, as in Answer(\"{state}\", …) and Fail(\"{state}\", …), "
                + $"or test '{step.Name}' alone with its InvokeAsync.";
        }

        return null;
    }

    static string? NestedStep(WorkflowDefinition definition, IStep step)
    {
        foreach (var (name, workflow) in definition.Workflows)
        {
            if (!Uses(workflow, step, [])) continue;
            var state = DocumentStates.Of(definition.Document)
                .FirstOrDefault(found => found.State is TaskState { Arguments: JsonObject arguments } && ((JsonValue)arguments)["StateMachineArn"] is JsonString arn && arn.Value == $"${{{name}}}").Name;
            return $"The step '{step.Name}' belongs to the workflow {workflow.Name}, which runs as an execution of its own: test it with a WorkflowTest of {workflow.Name}"
                + (state is null ? "." : $", or answer the state that starts it, as in Answer(\"{state}\", …) with {{ \"Output\": … }}.");
        }

        return null;
    }

    static bool Uses(Workflow workflow, IStep step, HashSet<string> seen)
    {
        if (!seen.Add(workflow.Name)) return false;
        var definition = workflow.Compile();
        return definition.Steps.Values.Contains(step) || FusedPart(definition, step) is not null || definition.Workflows.Values.Any(inner => Uses(inner, step, seen));
    }
}
