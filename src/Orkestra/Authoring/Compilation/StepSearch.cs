using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Finds one step of a workflow, for a function that starts. The workflow has to be composed for it, but what its expressions say is left unread unless the step is in one of them:
/// taking expressions apart takes longer than everything else at a start.
/// </summary>
internal static class StepSearch
{
    [ThreadStatic]
    static bool isUnderWay;

    /// <summary>Whether a flow that is composed now may leave expressions unread until someone asks for what they say.</summary>
    internal static bool IsUnderWay => isUnderWay;

    /// <summary>Finds the step with a name; null if there is none.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="name">The name of the step, or of its function.</param>
    /// <param name="isPartial">Whether some expressions were not read. Types that only they use, such as outcomes, are not registered yet.</param>
    internal static IStep? Find(Workflow workflow, string name, out bool isPartial)
    {
        var found = Find(Sketch(workflow), name, out isPartial);
        if (found is not null || !isPartial) return found;
        return Find(workflow.DefineNode(), name, out isPartial);
    }

    static FlowNode Sketch(Workflow workflow)
    {
        var wasUnderWay = isUnderWay;
        isUnderWay = true;
        try
        {
            return workflow.DefineNode();
        }
        finally
        {
            isUnderWay = wasUnderWay;
        }
    }

    static IStep? Find(FlowNode root, string name, out bool isPartial)
    {
        IStep? found = null;
        isPartial = false;
        var pending = new Stack<FlowNode>();
        pending.Push(root);
        while (pending.TryPop(out var node))
        {
            if (node is StepFlowNode { Step: var step } && found is null && IsNamed(step, name)) found = step;
            isPartial |= node.IsPartial;
            foreach (var part in node.KnownParts) pending.Push(part);
        }

        return found;
    }

    /// <summary>Whether a step, or its function, has a name.</summary>
    internal static bool IsNamed(IStep step, string name) => step.Metadata.Name == name || (step.Metadata.Name.AsSpan().ContainsAny(' ', '-') && step.FunctionName == name);
}
