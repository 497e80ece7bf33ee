using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Parts of a chain that belong to the chain as a whole: its compensations, and its ends before the last.</summary>
internal static class ChainEnds
{
    public static bool BelongToIt(FlowNode chain) => SagaCompiler.IsOne(chain) || Early(chain);

    /// <summary>Whether a flow can end the chain it is in.</summary>
    public static bool Early(FlowNode node) => node switch
    {
        SucceedFlowNode => true,
        MapFlowNode or ParallelFlowNode or GuardFlowNode or CaptureFlowNode or FinallyFlowNode => false,
        SequenceFlowNode sequence => sequence.Flatten().Any(Early),
        _ => node.Parts.Any(Early),
    };
}
