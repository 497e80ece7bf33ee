namespace Orkestra.Authoring.Nodes;

/// <summary>Branches: a Parallel state.</summary>
internal sealed class ParallelFlowNode(ParallelKind kind, IReadOnlyList<FlowNode> branches) : FlowNode
{
    const int LongestLabel = 60;

    public ParallelKind Kind { get; } = kind;

    public IReadOnlyList<FlowNode> Branches { get; } = branches;

    public override string Label
    {
        get
        {
            if (Kind == ParallelKind.One) return $"Try {Branches[0].Label}";
            var label = string.Join(" + ", Branches.Select(branch => branch.Label));
            return label.Length <= LongestLabel ? label : $"{Branches[0].Label} + {Branches.Count - 1} more";
        }
    }

    public override IEnumerable<FlowNode> Parts => Branches;

    public override string ToString()
    {
        // In parentheses every branch is captured; saying so would only hide what was written.
        var branches = string.Join(", ", Kind == ParallelKind.Tuple ? Branches.Select(branch => branch is CaptureFlowNode capture ? capture.Body : branch) : Branches);
        return Kind switch
        {
            ParallelKind.List => $"[{branches}]",
            ParallelKind.Tuple => $"({branches})",
            ParallelKind.One => branches,
            _ => $"All({branches})",
        };
    }

    public static ParallelFlowNode Of(ParallelKind kind, params IReadOnlyList<IFlow> branches)
    {
        if (branches.Count == 0) throw new WorkflowException("A list of branches is empty: put at least one flow between the brackets.");
        return new ParallelFlowNode(kind, [.. branches.Select(FlowExtensions.NodeOf)]);
    }
}
