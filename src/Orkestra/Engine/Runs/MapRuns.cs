using Orkestra.Asl;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>Distributed Map: its items are read, each is a child execution, and the results may be written.</summary>
internal sealed class MapRuns(Execution execution)
{
    static readonly JsonShape BatchShape = new(["BatchInput", "Items"]);
    static readonly JsonShape BatchWithoutInputShape = new(["Items"]);

    readonly List<MapRun> all = [];

    /// <summary>The Map Runs so far, in the order of their start.</summary>
    internal IReadOnlyList<MapRun> All => all;

    /// <summary>Begins a Map Run.</summary>
    internal void Start(Frame frame, MapNode map, JsonValue input)
    {
        var distributed = map.Distributed!;
        var evaluation = execution.Evaluation;
        var items = distributed.ReaderResource is null ? map.ItemsOf(execution, frame, input) : null;
        var concurrency = map.ConcurrencyOf(execution, frame, input);
        frame.Last = execution.Record(HistoryEventType.MapStateStarted, frame.Last, null, map, items?.Count ?? 0);
        var (count, percentage) = map.ToleranceOf(execution, frame, input);
        frame.Generation++;
        var id = execution.Random.NextGuid().ToString();
        var label = distributed.Label ?? execution.Random.NextGuid().ToString();
        var machine = execution.Start.Machine;
        var run = new MapRun
        {
            Map = distributed,
            StateName = map.Name,
            Parent = execution.Start,
            ParentArn = execution.Arn,
            Id = id,
            Label = label,
            Seed = execution.Start.Seed ^ ((ulong)(uint)frame.Slot << 40) ^ ((ulong)(uint)frame.Generation << 20),
            Arn = $"arn:{machine.Partition}:states:{machine.Region}:{machine.AccountId}:mapRun:{machine.Name}/{label}:{id}",
            StartedAt = execution.Now,
            MaxConcurrency = concurrency,
            ToleratedCount = count,
            ToleratedPercentage = percentage,
            ReaderArguments = distributed.ReaderResource is null ? null : distributed.ReaderArguments?.Evaluate(evaluation.For(frame, input)) ?? JsonObject.Empty,
            MaxItems = distributed.MaxItems?.Evaluate(evaluation.For(frame, input)) ?? 0,
            WriterArguments = distributed.Writer is null ? null : distributed.WriterArguments?.Evaluate(evaluation.For(frame, input)) ?? JsonObject.Empty,
        };
        frame.Last = execution.Record(HistoryEventType.MapRunStarted, frame.Last, JsonString.Create(run.Arn), map);
        frame.MapRun = run;
        all.Add(run);
        frame.Phase = FramePhase.Joining;
        if (items is null) GoOn(frame, run);
        else ItemsRead(frame, items);
    }

    /// <summary>Applies a signal about the Map Run a frame waits for.</summary>
    internal void Answer(Frame frame, in ExecutionSignal signal)
    {
        switch (signal.Kind)
        {
            case ExecutionSignalKind.ItemsRead:
                ItemsRead(frame, new MapItems((JsonArray)signal.Value!, signal.Origins));
                break;
            case ExecutionSignalKind.ChildSucceeded or ExecutionSignalKind.ChildFailed:
                ChildEnded(frame, signal);
                break;
            case ExecutionSignalKind.ResultsWritten:
                ResultsWritten(frame, signal.Value!);
                break;
            default:
                Fail(frame, new ExecutionFailure(signal.Error, signal.CauseObject));
                break;
        }
    }

    void ItemsRead(Frame frame, MapItems items)
    {
        try
        {
            Begin(frame, frame.MapRun!, items);
        }
#pragma warning disable CA1031 // Whatever an evaluation throws is the failure of its state.
        catch (Exception problem) when (problem is not HistoryFullException)
#pragma warning restore CA1031
        {
            Fail(frame, execution.Errors.FailureOf(frame, problem));
        }
    }

    /// <summary>Does what comes next, at the beginning and after a redrive: reads the items, starts children, or completes when none is left.</summary>
    internal void GoOn(Frame frame, MapRun run)
    {
        if (!run.HasItems) execution.Commands.ReadItems(frame);
        else if (run.HasEveryResult) Complete(frame, run);
        else StartWaitingChildren(frame, run);
    }

    void StartWaitingChildren(Frame frame, MapRun run)
    {
        while (run.TryTakeNext(out var index))
        {
            JsonValue input;
            try
            {
                input = InputOf(frame, run, index);
            }
#pragma warning disable CA1031 // Whatever an evaluation throws is the failure of its state.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                var failure = execution.Errors.FailureOf(frame, problem);
                Fail(frame, new ExecutionFailure(failure.Error, failure.Cause));
                return;
            }

            execution.Commands.StartChild(frame, index, input);
        }
    }

    void ChildEnded(Frame frame, in ExecutionSignal signal)
    {
        var run = frame.MapRun!;
        var isFailed = signal.Kind == ExecutionSignalKind.ChildFailed;
        run.Record(signal.Index, signal.Value!, signal.Child! with { Error = signal.Error, Cause = signal.Cause }, isFailed);
        if (isFailed && run.IsBeyondTolerance) Fail(frame, BeyondTolerance());
        else GoOn(frame, run);
    }

    void ResultsWritten(Frame frame, JsonValue result)
    {
        frame.Parameters = result;
        frame.Phase = FramePhase.ResumeReady;
        frame.Generation++;
        execution.Ready.Add(frame);
    }

    /// <summary>The state goes on after its Map Run succeeded.</summary>
    internal void Finish(Frame frame)
    {
        var result = frame.Parameters;
        frame.Parameters = JsonValue.Null;
        frame.MapRun!.End(ExecutionStatus.Succeeded, execution.Now);
        frame.MapRun = null;
        var succeeded = execution.Record(HistoryEventType.MapRunSucceeded, frame.Last, null, frame.State);
        FallibleNode.CompleteAfter(execution.Record(HistoryEventType.MapStateSucceeded, succeeded, null, frame.State), execution, frame, result);
    }

    void Fail(Frame frame, ExecutionFailure failure)
    {
        frame.MapRun!.End(ExecutionStatus.Failed, execution.Now);
        StopChildren(frame);
        frame.HasRetainedBranches = ErrorHandling.IsFatal(execution, frame, failure);
        frame.Last = execution.Record(HistoryEventType.MapRunFailed, frame.Last, failure, frame.State);
        if (!frame.HasRetainedBranches) frame.MapRun = null;
        execution.Fail(frame, failure, fromWithin: true);
    }

    /// <summary>What surrounds a Map Run ended, or the run itself: its children end too.</summary>
    internal void StopChildren(Frame frame)
    {
        var run = frame.MapRun!;
        run.End(ExecutionStatus.Aborted, execution.Now);
        execution.Commands.StopChildren(frame, run.Arn);
    }

    /// <summary>UpdateMapRun.</summary>
    internal void Update(string? arn, JsonValue limits)
    {
        for (var slot = 0; slot < execution.Frames.Count; slot++)
        {
            var frame = execution.Frames[slot];
            if (frame.Phase != FramePhase.Joining || frame.MapRun is not { Status: ExecutionStatus.Running } run || run.Arn != arn) continue;
            if (limits["maxConcurrency"] is JsonNumber concurrency) run.MaxConcurrency = (long)concurrency.Value;
            if (limits["toleratedFailureCount"] is JsonNumber count) run.ToleratedCount = (long)count.Value;
            if (limits["toleratedFailurePercentage"] is JsonNumber percentage) run.ToleratedPercentage = percentage.Value;
            if (run.IsBeyondTolerance) Fail(frame, BeyondTolerance());
            else StartWaitingChildren(frame, run);
            return;
        }
    }

    internal static ReadItems ToReadItems(Frame frame)
    {
        var run = frame.MapRun!;
        return new ReadItems(IdOf(frame), run.StateName, run.Map.ReaderResource!, run.ReaderArguments!, run.Map.ReaderConfig, run.MaxItems);
    }

    internal static StartChild? ToStartChild(Frame frame, int index, JsonValue input)
    {
        var run = frame.MapRun!;
        return run.Awaits(index) ? new StartChild(IdOf(frame), run.StateName, run.Arn, index, run.StartOf(index, input), run.Map.ChildPlan, run.Redrives) : null;
    }

    internal WriteResults ToWriteResults(Frame frame)
    {
        var run = frame.MapRun!;
        var children = new ChildOutcome[run.Count];
        for (var i = 0; i < children.Length; i++) children[i] = new ChildOutcome(run.StartOf(i, InputOf(frame, run, i)), run.ResultOf(i), run.EndingOf(i)!);
        return new WriteResults(IdOf(frame), run.StateName, run.Arn, run.Id, run.Map.Writer!, run.WriterArguments!, children);
    }

    internal List<(JsonValue Input, int Items)> Batch(Frame frame, MapNode map, MapItems items)
    {
        var distributed = map.Distributed!;
        var evaluation = execution.Evaluation;
        var mostItems = distributed.MaxItemsPerBatch?.Evaluate(evaluation.For(frame, frame.Effective)) ?? int.MaxValue;
        var mostBytes = distributed.MaxInputBytesPerBatch?.Evaluate(evaluation.For(frame, frame.Effective)) ?? int.MaxValue;
        if (mostItems <= 0) throw map.Refusal("MaxItemsPerBatch must be positive.", "ItemBatcher/MaxItemsPerBatch");
        if (mostBytes <= 0) throw map.Refusal("MaxInputBytesPerBatch must be positive.", "ItemBatcher/MaxInputBytesPerBatch");
        mostBytes = Math.Min(mostBytes, execution.Quotas.MaxPayloadBytes);
        var shared = distributed.BatchInput?.Evaluate(evaluation.For(frame, frame.Effective));
        var frameBytes = (shared?.Utf8Length ?? 0) + 32;
        var batches = new List<(JsonValue, int)>();
        var open = new List<JsonValue>();
        long bytes = frameBytes;
        for (var i = 0; i < items.Count; i++)
        {
            var item = map.ItemSelector is { } selector ? selector.Evaluate(evaluation.ForItem(frame, frame.Effective, i, items.Values[i], items.OriginOf(i))) : items.Values[i];
            if (open.Count > 0 && (open.Count >= mostItems || bytes + item.Utf8Length + 1 > mostBytes)) Close();
            open.Add(item);
            bytes += item.Utf8Length + 1;
        }

        if (open.Count > 0) Close();
        return batches;

        void Close()
        {
            var array = JsonArray.Wrap([.. open]);
            batches.Add((shared is null ? JsonObject.Wrap(BatchWithoutInputShape, [array]) : JsonObject.Wrap(BatchShape, [shared, array]), open.Count));
            open.Clear();
            bytes = frameBytes;
        }
    }

    void Begin(Frame frame, MapRun run, MapItems items)
    {
        run.Begin(items, run.Map.HasBatches ? Batch(frame, (MapNode)frame.State, items) : null, execution.Now);
        GoOn(frame, run);
    }

    void Complete(Frame frame, MapRun run)
    {
        if (run.WriterArguments is not null) execution.Commands.WriteResults(frame);
        else ResultsWritten(frame, run.Results);
    }

    JsonValue InputOf(Frame frame, MapRun run, int index)
    {
        if (run.BatchOf(index) is { } batch) return batch;
        var item = run.ItemOf(index);
        return ((MapNode)frame.State).ItemSelector is { } selector
            ? selector.Evaluate(execution.Evaluation.ForItemAt(frame, frame.Effective, index, item, run.OriginOf(index), run.ItemsAt, run.EvaluationSeedOf(index)))
            : item;
    }

    static TaskId IdOf(Frame frame) => new(frame.Slot, frame.Generation);

    internal static ExecutionFailure BeyondTolerance() => new(ErrorNames.ExceedToleratedFailureThreshold, "The specified tolerated failure threshold was exceeded");
}
