using Orkestra.Asl;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>The child executions of one visit to a distributed Map: which are to be started, which are running, how they ended, and how many may fail.</summary>
internal sealed class MapRun
{
    readonly HashSet<int> failedChildren = [];
    readonly MapRunTally executions = new();
    readonly MapRunTally items = new();
    List<(JsonValue Input, int Items)>? batches;
    MapItems source = MapItems.None;
    JsonValue?[]? results;
    ChildEnding?[] endings = [];
    Queue<int>? again;
    MachineIdentity? machine;
    int next;
    int done;
    int failedItems;

    internal required DistributedMap Map { get; init; }

    internal required string StateName { get; init; }

    internal required ExecutionStart Parent { get; init; }

    internal required string ParentArn { get; init; }

    internal required string Arn { get; init; }

    /// <summary>The last part of the ARN.</summary>
    internal required string Id { get; init; }

    internal required string Label { get; init; }

    /// <summary>What the seeds of the children are derived from.</summary>
    internal required ulong Seed { get; init; }

    /// <summary>How many children may run side by side, as the definition or UpdateMapRun says; 0 for no limit.</summary>
    internal required long MaxConcurrency { get; set; }

    /// <summary>How many children may run side by side, within the quota.</summary>
    internal int Concurrency => (int)Math.Min(MaxConcurrency == 0 ? int.MaxValue : MaxConcurrency, Parent.Quotas.MaxDistributedConcurrency);

    /// <summary>How many items may fail; null when the state does not say.</summary>
    internal long? ToleratedCount { get; set; }

    /// <summary>How many items may fail, in percent; null when the state does not say.</summary>
    internal double? ToleratedPercentage { get; set; }

    /// <summary>What the reader is given; null when there is no reader.</summary>
    internal JsonValue? ReaderArguments { get; init; }

    internal long MaxItems { get; init; }

    /// <summary>What the writer is given; null when there is no writer.</summary>
    internal JsonValue? WriterArguments { get; init; }

    /// <summary>When it started and, once it ended, when it ended; UTC ticks.</summary>
    internal required long StartedAt { get; init; }

    internal long StoppedAt { get; private set; }

    internal ExecutionStatus Status { get; private set; }

    /// <summary>How often it was redriven, and when last; UTC ticks, 0 for never.</summary>
    internal int Redrives { get; private set; }

    internal long RedrivenAt { get; private set; }

    /// <summary>Whether the items are known.</summary>
    internal bool HasItems => results is not null;

    /// <summary>When the items were known, in UTC ticks.</summary>
    internal long ItemsAt { get; private set; }

    /// <summary>How many children there are: one for each item, or for each batch.</summary>
    internal int Count => results?.Length ?? 0;

    /// <summary>How many children are running.</summary>
    internal int Running { get; private set; }

    internal bool HasEveryResult => done == Count;

    /// <summary>Whether more items failed than may.</summary>
    internal bool IsBeyondTolerance => Parent.IsMeasured
        ? IsBeyond(failedItems, source.Count, ToleratedCount, ToleratedPercentage)
        : failedItems > 0 && ((ToleratedCount is null && ToleratedPercentage is null) || failedItems > ToleratedCount || failedItems * 100.0 > ToleratedPercentage * source.Count);

    /// <summary>The outputs, once every child has ended.</summary>
    internal JsonArray Results => JsonArray.Wrap(results!);

    /// <summary>Whether more items failed than may. A threshold of 0 counts as none: without another one, no item may fail.</summary>
    internal static bool IsBeyond(long failed, long all, long? toleratedCount, double? toleratedPercentage)
    {
        if (failed == 0) return false;
        var (hasCount, hasPercentage) = (toleratedCount > 0, toleratedPercentage > 0);
        return (!hasCount && !hasPercentage) || (hasCount && failed > toleratedCount) || (hasPercentage && failed * 100.0 > toleratedPercentage * all);
    }

    /// <summary>Ends the Map Run. The first call counts.</summary>
    internal void End(ExecutionStatus status, long ticks)
    {
        if (Status != ExecutionStatus.Running) return;
        Status = status;
        StoppedAt = ticks;
        if (status == ExecutionStatus.Succeeded) return;
        // Children that run are stopped with it.
        executions.AbortRunning();
        items.AbortRunning();
    }

    /// <summary>Sets the items and, when the state has an ItemBatcher, the batches.</summary>
    internal void Begin(MapItems read, List<(JsonValue Input, int Items)>? grouped, long ticks)
    {
        source = read;
        batches = grouped;
        ItemsAt = ticks;
        results = new JsonValue?[grouped?.Count ?? read.Count];
        endings = new ChildEnding?[results.Length];
        executions.Begin(results.Length);
        items.Begin(read.Count);
    }

    /// <summary>The item of a child that has no batch.</summary>
    internal JsonValue ItemOf(int index) => source.Values[index];

    /// <summary>Where an item comes from.</summary>
    internal ItemOrigin OriginOf(int index) => source.OriginOf(index);

    /// <summary>The input of a child that has a batch; null without batches.</summary>
    internal JsonValue? BatchOf(int index) => batches?[index].Input;

    internal JsonValue? ResultOf(int index) => results?[index];

    /// <summary>Takes the next child to start, those to be redriven first.</summary>
    internal bool TryTakeNext(out int index)
    {
        index = 0;
        if (Running >= Concurrency) return false;
        if (again is null || !again.TryDequeue(out index))
        {
            if (next == Count) return false;
            index = next++;
        }

        Running++;
        executions.Start(1);
        items.Start(SizeOf(index));
        return true;
    }

    /// <summary>Whether a child's end is new.</summary>
    internal bool Awaits(int index) => (uint)index < (uint)Count && results![index] is null;

    /// <summary>Records how a child ended.</summary>
    internal void Record(int index, JsonValue result, ChildEnding ending, bool isFailed)
    {
        results![index] = result;
        endings[index] = ending with { Redrives = Redrives };
        done++;
        Running--;
        var size = SizeOf(index);
        executions.End(ending.Status, 1);
        items.End(ending.Status, size);
        if (!isFailed) return;
        failedChildren.Add(index);
        failedItems += size;
    }

    /// <summary>Goes on after the execution was redriven: children that did not succeed are started again.</summary>
    internal void Redrive(long ticks)
    {
        Redrives++;
        RedrivenAt = ticks;
        Status = ExecutionStatus.Running;
        Running = 0;
        if (results is null) return;
        foreach (var index in failedChildren)
        {
            results[index] = null;
            endings[index] = null;
        }

        done -= failedChildren.Count;
        failedChildren.Clear();
        failedItems = 0;
        again = new Queue<int>(Enumerable.Range(0, next).Where(index => results[index] is null));
        executions.Begin(Count);
        items.Begin(source.Count);
        for (var i = 0; i < Count; i++)
        {
            if (endings[i] is not { } ending) continue;
            executions.Restore(ending.Status, 1);
            items.Restore(ending.Status, SizeOf(i));
        }
    }

    /// <summary>What a child begins with.</summary>
    internal ExecutionStart StartOf(int index, JsonValue input)
    {
        var redrives = EndingOf(index)?.Redrives ?? Redrives;
        // An Express child starts over on a redrive, as another execution.
        var seed = new SeededRandom(SeededRandom.Mix(((ulong)(uint)(Map.ChildType == StateMachineType.Express ? redrives : 0) << 56) ^ Seed) + (ulong)index);
        return new ExecutionStart
        {
            Input = input,
            Seed = seed.Next(),
            Type = Map.ChildType,
            Machine = Machine,
            Quotas = Parent.Quotas,
            Rules = Parent.Rules,
            Parent = new ParentMapRun(ParentArn, Arn, redrives),
        };
    }

    /// <summary>What a child's input is evaluated with, so that evaluating it later gives the same input.</summary>
    internal ulong EvaluationSeedOf(int index) => SeededRandom.Mix(Seed ^ 0x5EED) + (ulong)index;

    internal ChildEnding? EndingOf(int index) => (uint)index < (uint)endings.Length ? endings[index] : null;

    /// <summary>The children that have begun, for ListExecutions. The items a child is for are counted, not evaluated.</summary>
    internal IEnumerable<(ExecutionStart Start, ExecutionStatus Status, ChildEnding? Ending, int Items)> Children()
    {
        for (var i = 0; i < next; i++)
        {
            var ending = EndingOf(i);
            var status = ending?.Status ?? (Status == ExecutionStatus.Running ? ExecutionStatus.Running : ExecutionStatus.Aborted);
            yield return (StartOf(i, BatchOf(i) ?? source.Values[i]), status, ending, SizeOf(i));
        }
    }

    internal MapRunDescription Describe()
    {
        var isWritten = WriterArguments is not null && Status == ExecutionStatus.Succeeded;
        return new MapRunDescription
        {
            Arn = Arn,
            ExecutionArn = ParentArn,
            StateMachineArn = Machine.StateMachineArn,
            Status = Status,
            StartTime = new DateTimeOffset(StartedAt, TimeSpan.Zero),
            StopTime = Status == ExecutionStatus.Running ? null : new DateTimeOffset(StoppedAt, TimeSpan.Zero),
            MaxConcurrency = MaxConcurrency,
            ToleratedFailureCount = ToleratedCount ?? 0,
            ToleratedFailurePercentage = ToleratedPercentage ?? 0,
            ItemCounts = items.ToCounts(isWritten),
            ExecutionCounts = executions.ToCounts(isWritten),
            RedriveCount = Redrives,
            RedriveTime = RedrivenAt == 0 ? null : new DateTimeOffset(RedrivenAt, TimeSpan.Zero),
        };
    }

    MachineIdentity Machine => machine ??= Parent.Machine with { Name = $"{Parent.Machine.Name}/{Label}" };

    int SizeOf(int index) => batches?[index].Items ?? 1;
}
