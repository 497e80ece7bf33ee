using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting;

// Distributed Map: items are read from buckets, each is a child execution with a run of its own, and results may be written to buckets.
internal sealed partial class ExecutionRun
{
    Dictionary<TaskId, Dictionary<int, ExecutionRun>>? children;

    void ReadItems(in Command command)
    {
        var task = command.Task;
        var map = ((MapNode)command.Frame.State).Distributed!;
        var run = command.Frame.MapRun!;
        var reading = ReadAsync(map, run);
        if (reading.IsCompletedSuccessfully)
        {
            Apply(ItemsEvent(task, reading.Result));
            return;
        }

        skipping?.Enter();
        _ = PostAsync();

        async Task PostAsync()
        {
            var read = await reading.ConfigureAwait(false);
            Post(ItemsEvent(task, read));
            skipping?.LeaveAndSkip();
        }
    }

    async ValueTask<(JsonArray? Items, string? Cause)> ReadAsync(DistributedMap map, MapRun run)
    {
        if (runner.Objects is null)
            return (null, $"The runner has no buckets to read '{map.ReaderResource}' from: give it an object store.");
        try
        {
            return (await DatasetReader.ReadAsync(runner.Objects, map.ReaderResource!, run.ReaderArguments!, map.ReaderConfig, run.MaxItems, CancellationToken.None).ConfigureAwait(false), null);
        }
        catch (Exception problem) when (problem is DatasetException or IOException or JsonFormatException)
        {
            return (null, problem.Message);
        }
    }

    ExecutionEvent ItemsEvent(TaskId task, (JsonArray? Items, string? Cause) read) => read.Items is not null
        ? new ExecutionEvent(ExecutionEventKind.ItemsRead, runner.UtcTicks, task, read.Items)
        : new ExecutionEvent(ExecutionEventKind.ItemsFailed, runner.UtcTicks, task, error: ErrorNames.ItemReaderFailed, cause: read.Cause);

    void StartChild(in Command command)
    {
        var task = command.Task;
        var index = command.Index;
        if (command.Frame.MapRun!.Results[index] is not null) return;
        if (execution.ChildStart(command.Frame, index, out var failure) is not { } start)
        {
            Apply(new ExecutionEvent(ExecutionEventKind.ItemsFailed, runner.UtcTicks, task, error: failure!.Error, cause: failure.Cause));
            return;
        }

        var map = ((MapNode)command.Frame.State).Distributed!;
        var child = new ExecutionRun(runner, map.ChildPlan, options with { OnEvent = null }, isChild: true);
        child.HandOver();
        var running = child.RunChildAsync(start, command.Frame.MapRun!.Redrives);
        if (running.IsCompletedSuccessfully)
        {
            Apply(ChildEvent(task, index, running.Result));
            return;
        }

        var ofMap = ChildrenOf(task);
        lock (gate) ofMap[index] = child;

        _ = PostAsync();

        async Task PostAsync()
        {
            try
            {
                var ended = await running.ConfigureAwait(false);
                lock (gate) ofMap.Remove(index);
                Post(ChildEvent(task, index, ended));
                if (child.WasHandedOver) skipping!.LeaveAndSkip();
            }
#pragma warning disable CA1031 // A child whose store failed fails the run that waits for it.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Crash(problem);
            }
        }
    }

    // A child that was under way before a restart goes on from its own events.
    async ValueTask<ExecutionResult> RunChildAsync(ExecutionStart start, int redrive)
    {
        if (runner.Store is { } store)
        {
            var events = await store.ReadAsync(Execution.ArnOf(start)).ConfigureAwait(false);
            if (events.Count > 0)
            {
                var ended = await ResumeAsync(events).ConfigureAwait(false);
                var known = Math.Max(execution.LastMapRunRedrive, execution.Start.Parent?.Redrives ?? 0);
                return redrive > known && !ended.IsSuccess ? await RedriveAsync(redrive).ConfigureAwait(false) : ended;
            }
        }

        return await RunAsync(start, CancellationToken.None).ConfigureAwait(false);
    }

    ExecutionEvent ChildEvent(TaskId task, int index, ExecutionResult ended)
    {
        var ending = new ChildEnding { Status = ended.Status, Started = ended.StartTime.UtcTicks, Stopped = ended.StopTime.UtcTicks };
        return ended.IsSuccess
            ? new ExecutionEvent(ExecutionEventKind.ChildSucceeded, runner.UtcTicks, task, ended.Output, details: ending, index: index)
            : new ExecutionEvent(
                ExecutionEventKind.ChildFailed, runner.UtcTicks, task, ChildResult.Of(ended.Execution.Start, null, ending with { Error = ended.Error, Cause = ended.Cause }).ToMetadata(),
                ended.Error, ended.Cause, ending, index);
    }

    void WriteResults(in Command command)
    {
        var task = command.Task;
        var run = command.Frame.MapRun!;
        var writer = ((MapNode)command.Frame.State).Distributed!.Writer!;
        var writing = WriteAsync(writer, run, ResultsOf(command.Frame));
        if (writing.IsCompletedSuccessfully)
        {
            Apply(WrittenEvent(task, writing.Result));
            return;
        }

        skipping?.Enter();
        _ = PostAsync();

        async Task PostAsync()
        {
            var written = await writing.ConfigureAwait(false);
            Post(WrittenEvent(task, written));
            skipping?.LeaveAndSkip();
        }
    }

    async ValueTask<(JsonValue? Result, string? Cause)> WriteAsync(ResultWriter writer, MapRun run, ChildResult[] results)
    {
        if (writer.Resource is null)
            return (JsonArray.Create(results.SelectMany(result => ResultFiles.Results(result, writer.WriterConfig?.Transformation ?? "COMPACT"))), null);
        if (runner.Objects is null) return (null, $"The runner has no buckets to write '{writer.Resource}' to: give it an object store.");
        if (run.WriterArguments!["Bucket"] is not JsonString bucket) return (null, "The result writer needs the text 'Bucket'.");
        var prefix = (run.WriterArguments["Prefix"] as JsonString)?.Value;
        try
        {
            foreach (var (key, content) in ResultFiles.Create(bucket.Value, prefix, run.Arn, run.Id, results, writer.WriterConfig))
                await runner.Objects.WriteAsync(bucket.Value, key, content, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is DatasetException or IOException)
        {
            return (null, problem.Message);
        }

        return (JsonObject.Create(
            ("MapRunArn", run.Arn),
            ("ResultWriterDetails", JsonObject.Create(("Bucket", bucket), ("Key", ResultFiles.ManifestKey(prefix, run.Id))))), null);
    }

    ExecutionEvent WrittenEvent(TaskId task, (JsonValue? Result, string? Cause) written) => written.Result is not null
        ? new ExecutionEvent(ExecutionEventKind.ResultsWritten, runner.UtcTicks, task, written.Result)
        : new ExecutionEvent(ExecutionEventKind.ResultsFailed, runner.UtcTicks, task, error: ErrorNames.ResultWriterFailed, cause: written.Cause);

    // What each child began with and how it ended; the execution remembers it, so that nothing is lost in a restart.
    ChildResult[] ResultsOf(Frame frame)
    {
        var run = frame.MapRun!;
        var results = new ChildResult[run.Results.Length];
        for (var i = 0; i < results.Length; i++) results[i] = ChildResult.Of(execution.ChildStart(frame, i, out _)!, run.Results[i], run.Endings[i]!);
        return results;
    }

    void StopChildren(in Command command)
    {
        Dictionary<int, ExecutionRun>? ofMap = null;
        lock (gate) children?.Remove(command.Task, out ofMap);
        if (ofMap is not null)
        {
            ExecutionRun[] running;
            lock (gate) running = [.. ofMap.Values];
            foreach (var child in running) child.Stop(null, null);
        }

        if (isResumed && command.MapRun is { } run) _ = StopStoredAsync(run);
    }

    // After a restart: children that were started before it and that nothing runs any more.
    async Task StopStoredAsync(MapRun run)
    {
        for (var i = 0; i < run.Next; i++)
        {
            if (run.Results[i] is not null) continue;
            var events = await runner.Store!.ReadAsync(Execution.ArnOf(execution.StartOfChild(run, i, JsonValue.Null))).ConfigureAwait(false);
            if (events.Count > 0) await new ExecutionRun(runner, run.Map.ChildPlan, options with { OnEvent = null }, isChild: true).StopAsync(events).ConfigureAwait(false);
        }
    }

    async ValueTask StopAsync(IReadOnlyList<ExecutionEvent> events)
    {
        BeginPump();
        Replay(events);
        execution.DropCommands();
        if (!execution.HasEnded) Apply(new ExecutionEvent(ExecutionEventKind.Stopped, runner.UtcTicks));
        Pump();
        await Completion().ConfigureAwait(false);
    }

    Dictionary<int, ExecutionRun> ChildrenOf(TaskId task)
    {
        lock (gate)
        {
            children ??= [];
            if (!children.TryGetValue(task, out var known)) children.Add(task, known = []);
            return known;
        }
    }
}
