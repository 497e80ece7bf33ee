using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Finds workflows of which each execution starts another one, directly or through other workflows: they would never come to an end.</summary>
internal static class SelfStarts
{
    // Workflows that make others of ever new names have no end either.
    const int MostLevels = 50;

    /// <exception cref="WorkflowException">Each execution of the workflow starts another one.</exception>
    public static void Check(Workflow workflow, FlowNode root)
    {
        var path = new List<Workflow> { workflow };
        if (!Leads(root, workflow, path, out _)) return;
        var names = path.Count == 1 ? "itself" : $"itself through {string.Join(" and ", path.Skip(1).Select(static one => one.Name))}";
        throw new WorkflowException($"The workflow {workflow.Name} starts {names} on every path, so that executions would start executions without end. Start it behind a condition, with .When(…, …), or remove it.");
    }

    // Whether every execution of a flow comes to a start of the workflow. What may not be reached, or may not be run, doesn't count.
    static bool Leads(FlowNode node, Workflow start, List<Workflow> path, out bool mayEnd)
    {
        mayEnd = false;
        switch (node)
        {
            case SequenceFlowNode sequence:
                foreach (var part in sequence.Flatten())
                {
                    if (Leads(part, start, path, out var ends)) return true;
                    mayEnd |= ends;
                    if (mayEnd) return false;
                }

                return false;
            case NestedFlowNode { Workflow: var nested }:
                if (NestedWorkflows.AreOne(nested, start)) return true;
                if (path.Count > MostLevels || path.Exists(one => NestedWorkflows.AreOne(one, nested))) return false;
                path.Add(nested);
                if (Leads(nested.DefineNode(), start, path, out _)) return true;
                path.RemoveAt(path.Count - 1);
                return false;
            case GuardFlowNode { Body: var body }:
                return Leads(body, start, path, out mayEnd);
            case CaptureFlowNode { Body: var body }:
                return Leads(body, start, path, out mayEnd);
            case ParallelFlowNode parallel:
                return parallel.Branches.Any(branch => Leads(branch, start, path, out _));
            case StepFlowNode or ServiceFlowNode or CallbackFlowNode or IdentityFlowNode or WaitFlowNode or SelectFlowNode:
                return false;
            default:
                // Conditions, loops and ends of other kinds decide at run time.
                mayEnd = true;
                return false;
        }
    }
}
