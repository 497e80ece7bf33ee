using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine.DataFlow;

namespace Orkestra.Engine.Nodes;

/// <summary>
/// What a distributed Map has beyond an inline one
/// (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html): where items come from, how they are batched, where results go, and how many may fail.
/// </summary>
internal sealed class DistributedMap
{
    /// <summary>The action that reads the items; null when they come from the input.</summary>
    internal string? ReaderResource { get; init; }

    internal Template? ReaderArguments { get; init; }

    internal ReaderConfig? ReaderConfig { get; init; }

    internal NumberField? MaxItems { get; init; }

    /// <summary>Whether items are put together in batches.</summary>
    internal bool HasBatches { get; init; }

    internal NumberField? MaxItemsPerBatch { get; init; }

    internal NumberField? MaxInputBytesPerBatch { get; init; }

    internal Template? BatchInput { get; init; }

    /// <summary>Where and how results are written; null for an array of outputs.</summary>
    internal ResultWriter? Writer { get; init; }

    internal Template? WriterArguments { get; init; }

    internal NumberField? ToleratedFailureCount { get; init; }

    internal NumberField? ToleratedFailurePercentage { get; init; }

    /// <summary>The label in ARNs; null to make one up.</summary>
    internal string? Label { get; init; }

    internal StateMachineType ChildType { get; init; }

    /// <summary>The plan of the child executions; set when the item processor is compiled.</summary>
    internal ExecutionPlan ChildPlan { get; set; } = null!;
}
