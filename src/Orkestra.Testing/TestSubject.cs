using Orkestra.Asl;
using Orkestra.Authoring;

namespace Orkestra.Testing;

/// <summary>Refuses steps and states that the workflow under test does not have: a rule for one, or an assertion about it, would say nothing.</summary>
internal static class TestSubject
{
    internal static WorkflowDefinition Require(WorkflowDefinition? definition, IStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (definition is null) throw new InvalidOperationException($"This is a test of a document, which knows no steps: name the state instead of the step '{step.Name}'.");
        return definition.Steps.Values.Contains(step)
            ? definition
            : throw new ArgumentException($"The workflow {definition.Workflow.Name} does not use the step '{step.Name}'; it uses {string.Join(", ", definition.Steps.Keys)}.", nameof(step));
    }

    internal static string Require(StateMachine document, string state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return DocumentStates.Of(document).Any(found => found.Name == state)
            ? state
            : throw new ArgumentException($"The document has no state '{state}'; it has {string.Join(", ", DocumentStates.Of(document).Select(found => found.Name))}.", nameof(state));
    }
}
