using Orkestra.Authoring;
using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>Makes the workflows known that a workflow starts, with those that they start.</summary>
internal static class NestedMachines
{
    /// <summary>Registers what a workflow starts, unless something is registered under its name.</summary>
    /// <param name="machines">Where to register.</param>
    /// <param name="definition">The workflow.</param>
    /// <param name="options">Services and clock of the steps.</param>
    /// <returns>The invokers of the workflows that were registered.</returns>
    public static IReadOnlyList<StepInvoker> Register(StateMachineRegistry machines, WorkflowDefinition definition, OrkestraOptions options)
    {
        List<StepInvoker> invokers = [];
        var pending = new Stack<WorkflowDefinition>([definition]);
        while (pending.TryPop(out var next))
        {
            foreach (var workflow in next.Workflows.Values)
            {
                if (machines.Find(workflow.Name) is not null) continue;
                var nested = workflow.Compile();
                invokers.Add(Add(machines, nested, options));
                pending.Push(nested);
            }
        }

        return invokers;
    }

    /// <summary>Registers one workflow.</summary>
    public static StepInvoker Add(StateMachineRegistry machines, WorkflowDefinition definition, OrkestraOptions options)
    {
        var invoker = new StepInvoker(definition, options);
        machines.Add(definition.Workflow.Name, ExecutionPlan.Compile(definition.Document), invoker: invoker);
        return invoker;
    }
}
