using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Distributed Map: its items are read, each is a child execution, and the results may be written.
internal sealed partial class Execution
{
    static readonly JsonShape BatchShape = new(["BatchInput", "Items"]);
    static readonly JsonShape BatchWithoutInputShape = new(["Items"]);

    List<(MapRun Run, int Slot, MapNode Map)>? mapRuns;

    /// <summary>Begins a Map Run.</summary>
    internal void StartMapRun(Frame frame, MapNode map, JsonValue input)
    {
        var distributed = map.Distributed!;
        var items = distributed.ReaderResource is null ? map.ItemsOf(this, frame, input) : null;
        var concurrency = map.ConcurrencyOf(this, frame, input);
        frame.Last = Record(HistoryEventType.MapStateStarted, frame.Last, null, map, items?.Count ?? 0);
        var count = distributed.ToleratedFailureCount?.Evaluate(Evaluation.For(frame, input));
        if (count < 0) throw map.Refusal("ToleratedFailureCount cannot be negative.", "ToleratedFailureCount");
        var percentage = distributed.ToleratedFailurePercentage?.EvaluateNumber(Evaluation.For(frame, input));
        if (percentage is < 0 or > 100) throw map.Refusal("ToleratedFailurePercentage must be between 0 and 100.", "ToleratedFailurePercentage");
        frame.Generation++;
        var id = random.NextGuid().ToString();
        var label = distributed.Label ?? random.NextGuid().ToString();
        var machine = start.Machine;
        var run = new MapRun
        {
            Map = distributed,
            Id = id,
            Label = label,
            Seed = start.Seed ^ ((ulong)(uint)frame.Slot << 40) ^ ((ulong)(uint)frame.Generation << 20),
            Arn = $"arn:{machine.Partition}:states:{machine.Region}:{machine.AccountId}:mapRun:{machine.Name}/{label}:{id}",
            StartedAt = now,
            MaxConcurrency = concurrency,
            Concurrency = ConcurrencyOf(concurrency),
            ToleratedCount = count,
            ToleratedPercentage = percentage,
            ReaderArguments = distributed.ReaderResource is null ? null : distributed.ReaderArguments?.Evaluate(Evaluation.For(frame, input)) ?? JsonObject.Empty,
            MaxItems = distributed.MaxItems?.Evaluate(Evaluation.For(frame, input)) ?? 0,
            WriterArguments = distributed.Writer is null ? null : distributed.WriterArguments?.Evaluate(Evaluation.For(frame, input)) ?? JsonObject.Empty,
        };
        frame.Last = Record(HistoryEventType.MapRunStarted, frame.Last, JsonString.Create(run.Arn), map);
        frame.MapRun = run;
        (mapRuns ??= []).Add((run, frame.Slot, map));
        frame.Phase = Phase.Joining;
        if (items is null) commands.Enqueue(new Command(CommandKind.ReadItems, frame, frame.Generation));
        else StartChildren(frame, items);
    }

    void ItemsRead(Frame frame, JsonArray items)
    {
        try
        {
            StartChildren(frame, items);
        }
        catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
        {
            FailMapRun(frame, ToFailure(frame, problem));
        }
    }

    void ItemsFailed(Frame frame, string? error, string? cause) => FailMapRun(frame, new Failure(error, cause));

    void StartChildren(Frame frame, JsonArray items)
    {
        var run = frame.MapRun!;
        var map = (MapNode)frame.State;
        run.Items = items;
        run.ItemsAt = now;
        if (map.Distributed!.HasBatches) run.Batches = Batch(frame, map, items);
        run.Results = new JsonValue?[run.Batches?.Count ?? items.Count];
        run.Endings = new ChildEnding?[run.Results.Length];
        if (run.Results.Length == 0)
        {
            EndMapRun(frame);
            return;
        }

        for (var running = 0; running < run.Concurrency && StartNextChild(frame, run); running++)
        {
        }
    }

    internal List<(JsonValue Input, int Items)> Batch(Frame frame, MapNode map, JsonArray items)
    {
        var distributed = map.Distributed!;
        var mostItems = distributed.MaxItemsPerBatch?.Evaluate(Evaluation.For(frame, frame.Effective)) ?? int.MaxValue;
        var mostBytes = distributed.MaxInputBytesPerBatch?.Evaluate(Evaluation.For(frame, frame.Effective)) ?? int.MaxValue;
        if (mostItems <= 0) throw map.Refusal("MaxItemsPerBatch must be positive.", "ItemBatcher/MaxItemsPerBatch");
        if (mostBytes <= 0) throw map.Refusal("MaxInputBytesPerBatch must be positive.", "ItemBatcher/MaxInputBytesPerBatch");
        mostBytes = Math.Min(mostBytes, quotas.MaxPayloadBytes);
        var shared = distributed.BatchInput?.Evaluate(Evaluation.For(frame, frame.Effective));
        var frameBytes = (shared?.Utf8Length ?? 0) + 32;
        var batches = new List<(JsonValue, int)>();
        var open = new List<JsonValue>();
        long bytes = frameBytes;
        for (var i = 0; i < items.Count; i++)
        {
            var item = Select(frame, map, i, items[i]);
            if (open.Count > 0 && (open.Count >= mostItems || bytes + item.Utf8Length + 1 > mostBytes)) Close();
            open.Add(item);
            bytes += item.Utf8Length + 1;
        }

        if (open.Count > 0) Close();
        return batches;

        void Close()
        {
            var array = JsonArray.Wrap([.. open]);
            batches.Add((shared is null ? new JsonObject(BatchWithoutInputShape, [array]) : new JsonObject(BatchShape, [shared, array]), open.Count));
            open.Clear();
            bytes = frameBytes;
        }
    }

    JsonValue Select(Frame frame, MapNode map, int index, JsonValue item) =>
        map.ItemSelector is null ? item : map.ItemSelector.Evaluate(Evaluation.ForItem(frame, frame.Effective, index, item));

    /// <summary>What a child execution begins with; null when its input cannot be made, which is the failure of the Map Run.</summary>
    internal ExecutionStart? ChildStart(Frame frame, int index, out Failure? failure)
    {
        failure = null;
        var run = frame.MapRun!;
        var map = (MapNode)frame.State;
        JsonValue input;
        // Asked for between events, and after a restart once more: always with the same time and the same luck.
        var (time, luck) = (now, random);
        (now, random) = (run.ItemsAt, new SeededRandom(SeededRandom.Mix(run.Seed ^ 0x5EED) + (ulong)index));
        try
        {
            input = run.Batches?[index].Input ?? Select(frame, map, index, run.Items[index]);
        }
        catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
        {
            failure = ToFailure(frame, problem);
            return null;
        }
        finally
        {
            (now, random) = (time, luck);
        }

        return StartOfChild(run, index, input);
    }

    void ChildEnded(Frame frame, in ExecutionEvent happened)
    {
        var run = frame.MapRun;
        if (run is null || (uint)happened.Index >= (uint)run.Results.Length || run.Results[happened.Index] is not null) return;
        run.Results[happened.Index] = happened.Value!;
        run.Done++;
        run.Running--;
        var ending = happened.Child!;
        if (happened.Kind == ExecutionEventKind.ChildFailed || run.Redrives > 0) ending = ending with { Error = happened.Error, Cause = happened.Cause, Redrives = run.Redrives };
        run.Endings[happened.Index] = ending;
        if (happened.Kind == ExecutionEventKind.ChildFailed)
        {
            run.FailedChildren.Add(happened.Index);
            run.Failed += run.Batches?[happened.Index].Items ?? 1;
            if (run.IsBeyondTolerance)
            {
                FailMapRun(frame, BeyondTolerance());
                return;
            }
        }

        if (run.Done == run.Results.Length) EndMapRun(frame);
        else if (run.Running < run.Concurrency) StartNextChild(frame, run);
    }

    bool StartNextChild(Frame frame, MapRun run)
    {
        if (run.Again is null || !run.Again.TryDequeue(out var index))
        {
            if (run.Next == run.Results.Length) return false;
            index = run.Next++;
        }

        commands.Enqueue(new Command(CommandKind.StartChild, frame, frame.Generation, index));
        run.Running++;
        return true;
    }

    void EndMapRun(Frame frame)
    {
        if (frame.MapRun!.WriterArguments is not null)
        {
            commands.Enqueue(new Command(CommandKind.WriteResults, frame, frame.Generation));
            return;
        }

        ResultsWritten(frame, JsonArray.Wrap(frame.MapRun.Results!));
    }

    void ResultsWritten(Frame frame, JsonValue result)
    {
        frame.Parameters = result;
        frame.Phase = Phase.Joined;
        frame.Generation++;
        Enqueue(frame);
    }

    void ResultsFailed(Frame frame, string? error, string? cause) => FailMapRun(frame, new Failure(error, cause));

    internal void FinishMapRun(Frame frame)
    {
        var result = frame.Parameters;
        frame.Parameters = JsonValue.Null;
        frame.MapRun!.End(ExecutionStatus.Succeeded, now);
        frame.MapRun = null;
        var succeeded = Record(HistoryEventType.MapRunSucceeded, frame.Last, null, frame.State);
        Record(HistoryEventType.MapStateSucceeded, succeeded, null, frame.State);
        SucceedWith(frame, result);
    }

    void FailMapRun(Frame frame, Failure failure)
    {
        frame.MapRun!.End(ExecutionStatus.Failed, now);
        StopChildren(frame);
        frame.IsBroken = IsFatal(frame, failure);
        if (!frame.IsBroken) frame.MapRun = null;
        frame.Last = Record(HistoryEventType.MapRunFailed, frame.Last, failure, frame.State);
        Fail(frame, failure, fromWithin: true);
    }

    /// <summary>What is around a Map Run ended, or the run itself: its children end too.</summary>
    void StopChildren(Frame frame)
    {
        frame.MapRun!.End(ExecutionStatus.Aborted, now);
        commands.Enqueue(new Command(CommandKind.StopChildren, frame, frame.Generation, MapRun: frame.MapRun));
    }
}
