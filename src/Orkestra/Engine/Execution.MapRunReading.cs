using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Map Runs as they are looked at and changed from outside.
internal sealed partial class Execution
{
    /// <summary>The Map Runs so far, in the order of their start.</summary>
    internal IReadOnlyList<MapRunDescription> DescribeMapRuns() => [.. (mapRuns ?? []).Select(known => Describe(known.Run))];

    MapRunDescription Describe(MapRun run)
    {
        var executions = new MapRunCounts.Tally();
        var items = new MapRunCounts.Tally();
        for (var i = 0; i < run.Results.Length; i++)
        {
            var status = run.EndingOf(i)?.Status ?? (i >= run.Next || run.Again?.Contains(i) == true ? null
                : run.Status == ExecutionStatus.Running ? ExecutionStatus.Running : ExecutionStatus.Aborted);
            executions.Add(status, 1);
            items.Add(status, run.Batches?[i].Items ?? 1);
        }

        var isWritten = run.WriterArguments is not null && run.Status == ExecutionStatus.Succeeded;
        return new MapRunDescription
        {
            Arn = run.Arn,
            ExecutionArn = Arn,
            StateMachineArn = (run.Machine ?? start.Machine with { Name = $"{start.Machine.Name}/{run.Label}" }).StateMachineArn,
            Status = run.Status,
            StartTime = new DateTimeOffset(run.StartedAt, TimeSpan.Zero),
            StopTime = run.Status == ExecutionStatus.Running ? null : new DateTimeOffset(run.StoppedAt, TimeSpan.Zero),
            MaxConcurrency = run.MaxConcurrency,
            ToleratedFailureCount = run.ToleratedCount ?? 0,
            ToleratedFailurePercentage = run.ToleratedPercentage ?? 0,
            ItemCounts = items.Count(isWritten),
            ExecutionCounts = executions.Count(isWritten),
            RedriveCount = run.Redrives,
            RedriveTime = run.RedrivenAt == 0 ? null : new DateTimeOffset(run.RedrivenAt, TimeSpan.Zero),
        };
    }

    /// <summary>The child executions of a Map Run that have begun, newest last; null when there is no such run.</summary>
    internal IReadOnlyList<(ExecutionStart Start, ExecutionStatus Status, ChildEnding? Ending, int Items)>? ChildrenOf(string mapRunArn)
    {
        if (mapRuns?.Find(known => known.Run.Arn == mapRunArn) is not { Run: { } run } found) return null;
        var children = new List<(ExecutionStart, ExecutionStatus, ChildEnding?, int)>();
        for (var i = 0; i < run.Next; i++)
        {
            var ending = run.EndingOf(i);
            var status = ending?.Status ?? (run.Status == ExecutionStatus.Running ? ExecutionStatus.Running : ExecutionStatus.Aborted);
            children.Add((StartOfChild(run, i, run.Batches?[i].Input ?? run.Items[i]), status, ending, run.Batches?[i].Items ?? 1));
        }

        return children;
    }

    /// <summary>What a child begins with, once its input is known.</summary>
    internal ExecutionStart StartOfChild(MapRun run, int index, JsonValue input)
    {
        // An Express child starts over on a redrive, as another execution.
        var redrives = run.EndingOf(index)?.Redrives ?? run.Redrives;
        var seed = new SeededRandom(SeededRandom.Mix(((ulong)(uint)(run.Map.ChildType == StateMachineType.Express ? redrives : 0) << 56) ^ run.Seed) + (ulong)index);
        return new ExecutionStart
        {
            Input = input,
            Seed = seed.Next(),
            Type = run.Map.ChildType,
            Machine = run.Machine ??= start.Machine with { Name = $"{start.Machine.Name}/{run.Label}" },
            Quotas = quotas,
            Parent = new ParentMapRun(Arn, run.Arn, redrives),
        };
    }

    int ConcurrencyOf(long wanted) => (int)Math.Min(wanted == 0 ? int.MaxValue : wanted, quotas.MaxDistributedConcurrency);

    void UpdateMapRun(string? arn, JsonValue limits)
    {
        var slot = Array.FindIndex(frames, 0, frameCount, found => found.MapRun is { Status: ExecutionStatus.Running } known && known.Arn == arn && found.Phase == Phase.Joining);
        if (slot < 0) return;
        var frame = frames[slot];
        var run = frame.MapRun!;
        if (limits["maxConcurrency"] is JsonNumber concurrency)
        {
            run.MaxConcurrency = (long)concurrency.Value;
            run.Concurrency = ConcurrencyOf(run.MaxConcurrency);
        }

        if (limits["toleratedFailureCount"] is JsonNumber count) run.ToleratedCount = (long)count.Value;
        if (limits["toleratedFailurePercentage"] is JsonNumber percentage) run.ToleratedPercentage = percentage.Value;
        if (run.IsBeyondTolerance) FailMapRun(frame, BeyondTolerance());
        else while (run.Running < run.Concurrency && StartNextChild(frame, run)) { }
    }

    static Failure BeyondTolerance() => new(ErrorNames.ExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded");
}
