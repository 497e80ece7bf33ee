using Orkestra.Authoring;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting;

/// <summary>A workflow by its type, or by its name.</summary>
internal sealed record WorkflowReference(Type? Type, string? Name)
{
    /// <summary>How messages call it.</summary>
    internal string Text => Name ?? Type!.Name;

    /// <summary>The registered state machine.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    internal RegisteredStateMachine In(OrkestraRuntime runtime)
    {
        var machine = Name is not null ? runtime.StateMachines.Find(Name) : runtime.StateMachines.All.FirstOrDefault(known => WorkflowOf(known)?.GetType() == Type);
        return machine ?? throw new InvalidOperationException($"The workflow {Text} is not registered. Add it: orkestra.AddWorkflow<{Text}>().");
    }

    internal static Workflow? WorkflowOf(RegisteredStateMachine machine) => (machine.Invoker as StepInvoker)?.Definition.Workflow;
}
