using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>The child executions of a distributed Map that are under way.</summary>
internal sealed class MapRun
{
    /// <summary>The Map it belongs to.</summary>
    internal required DistributedMap Map { get; init; }

    /// <summary>The ARN, and the id at its end.</summary>
    internal required string Arn { get; init; }

    internal required string Id { get; init; }

    internal required string Label { get; init; }

    /// <summary>What the seeds of the children are made of.</summary>
    internal required ulong Seed { get; init; }

    /// <summary>How many children may run side by side; 0 for as many as there may be.</summary>
    internal required long MaxConcurrency { get; set; }

    /// <summary>How many children run side by side.</summary>
    internal int Concurrency { get; set; }

    /// <summary>How many items may fail; null when the state does not say.</summary>
    internal long? ToleratedCount { get; set; }

    /// <summary>How many items may fail, in percent; null when the state does not say.</summary>
    internal double? ToleratedPercentage { get; set; }

    /// <summary>When it started and, once it ended, when it ended; UTC ticks.</summary>
    internal required long StartedAt { get; init; }

    internal long StoppedAt { get; private set; }

    /// <summary>When it was last redriven, UTC ticks; 0 for never.</summary>
    internal long RedrivenAt { get; set; }

    /// <summary>How it stands: running, succeeded, failed, or aborted with what was around it.</summary>
    internal ExecutionStatus Status { get; private set; }

    /// <summary>Says how it ended. The first word counts.</summary>
    internal void End(ExecutionStatus status, long ticks)
    {
        if (Status != ExecutionStatus.Running) return;
        Status = status;
        StoppedAt = ticks;
    }

    /// <summary>Says that it goes on.</summary>
    internal void GoOn(long ticks)
    {
        Status = ExecutionStatus.Running;
        RedrivenAt = ticks;
    }

    /// <summary>What the reader is given; null when there is none.</summary>
    internal JsonValue? ReaderArguments { get; init; }

    internal long MaxItems { get; init; }

    /// <summary>What the writer is given; null when there is none.</summary>
    internal JsonValue? WriterArguments { get; init; }

    internal JsonArray Items { get; set; } = JsonArray.Empty;

    /// <summary>When the items were known, in UTC ticks.</summary>
    internal long ItemsAt { get; set; }

    /// <summary>The inputs of the children when items are put together in batches, each with how many items it has; null otherwise.</summary>
    internal List<(JsonValue Input, int Items)>? Batches { get; set; }

    /// <summary>The outputs by index; null where a child has not ended.</summary>
    internal JsonValue?[] Results { get; set; } = [];

    /// <summary>How the children ended, by index.</summary>
    internal ChildEnding?[] Endings { get; set; } = [];

    /// <summary>How a child ended; null when it has not.</summary>
    internal ChildEnding? EndingOf(int index) => (uint)index < (uint)Endings.Length ? Endings[index] : null;

    /// <summary>What the children are told about the machine they run; made for the first.</summary>
    internal MachineIdentity? Machine { get; set; }

    /// <summary>How many items failed.</summary>
    internal int Failed { get; set; }

    /// <summary>The children that failed.</summary>
    internal HashSet<int> FailedChildren { get; } = [];

    /// <summary>How often it was redriven.</summary>
    internal int Redrives { get; set; }

    /// <summary>After a redrive: the children still to be started, before those never started.</summary>
    internal Queue<int>? Again { get; set; }

    /// <summary>The index of the next child.</summary>
    internal int Next { get; set; }

    internal int Done { get; set; }

    /// <summary>How many children are under way.</summary>
    internal int Running { get; set; }

    /// <summary>Whether more items failed than may.</summary>
    internal bool IsBeyondTolerance => Failed > 0
        && ((ToleratedCount is null && ToleratedPercentage is null) || Failed > ToleratedCount || Failed * 100.0 > ToleratedPercentage * Items.Count);
}
