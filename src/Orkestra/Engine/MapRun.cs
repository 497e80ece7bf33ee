using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>The child executions of a distributed Map that are under way.</summary>
internal sealed class MapRun
{
    /// <summary>The ARN, and the id at its end.</summary>
    internal required string Arn { get; init; }

    internal required string Id { get; init; }

    internal required string Label { get; init; }

    /// <summary>What the seeds of the children are made of.</summary>
    internal required ulong Seed { get; init; }

    internal int Concurrency { get; init; }

    internal long ToleratedCount { get; init; }

    internal double ToleratedPercentage { get; init; }

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

    /// <summary>How the children ended, by index; empty when nothing is written.</summary>
    internal ChildEnding?[] Endings { get; set; } = [];

    /// <summary>How a child ended; null when it has not or when nothing is written.</summary>
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

    /// <summary>Whether more items failed than may.</summary>
    internal bool IsBeyondTolerance => Failed > ToleratedCount && Failed * 100.0 > ToleratedPercentage * Items.Count;
}
