using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting;

// Distributed Map: items are read from buckets, each is a child execution with a run of its own, and results may be written to buckets.
internal sealed partial class ExecutionRun
{
    Dictionary<TaskId, Children>? children;

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
            skipping?.Leave();
            Post(ItemsEvent(task, read));
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
        var child = new ExecutionRun(runner, map.ChildPlan, options with { Name = null, Seed = null, OnEvent = null, Type = start.Type });
        var ofMap = ChildrenOf(task, command.Frame.MapRun!);
        lock (gate) ofMap.Runs[index] = child;
        var running = child.RunChildAsync(start, command.Frame.MapRun!.Redrives > 0);
        if (running.IsCompletedSuccessfully)
        {
            Apply(ChildEvent(ofMap, task, index, running.Result));
            return;
        }

        _ = PostAsync();

        async Task PostAsync()
        {
            try
            {
                Post(ChildEvent(ofMap, task, index, await running.ConfigureAwait(false)));
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
    async ValueTask<ExecutionResult> RunChildAsync(ExecutionStart start, bool isRedrive)
    {
        if (runner.Store is { } store)
        {
            var events = await store.ReadAsync(Execution.ArnOf(start)).ConfigureAwait(false);
            if (events.Count > 0)
            {
                var ended = await ResumeAsync(events).ConfigureAwait(false);
                return isRedrive && !ended.IsSuccess ? await RedriveAsync().ConfigureAwait(false) : ended;
            }
        }

        return await RunAsync(start, CancellationToken.None).ConfigureAwait(false);
    }

    ExecutionEvent ChildEvent(Children ofMap, TaskId task, int index, ExecutionResult ended)
    {
        lock (gate) ofMap.Runs.Remove(index);
        var result = new ChildResult
        {
            ExecutionArn = ended.Arn,
            StateMachineArn = ended.Execution.Start.Machine.StateMachineArn,
            Name = ended.Name,
            Status = ended.Status switch { ExecutionStatus.TimedOut => "TIMED_OUT", var status => status.ToString().ToUpperInvariant() },
            Input = ended.Input,
            Output = ended.Output,
            Error = ended.Error,
            Cause = ended.Cause,
            Started = ended.StartTime,
            Stopped = ended.StopTime,
        };
        if (ofMap.HasWriter) ofMap.Results[index] = result;
        return ended.IsSuccess
            ? new ExecutionEvent(ExecutionEventKind.ChildSucceeded, runner.UtcTicks, task, ended.Output, index: index)
            : new ExecutionEvent(ExecutionEventKind.ChildFailed, runner.UtcTicks, task, result.ToMetadata(), ended.Error, ended.Cause, index: index);
    }

    void WriteResults(in Command command)
    {
        var task = command.Task;
        var run = command.Frame.MapRun!;
        var writer = ((MapNode)command.Frame.State).Distributed!.Writer!;
        var writing = WriteAsync(writer, run, ChildrenOf(task, run));
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
            skipping?.Leave();
            Post(WrittenEvent(task, written));
        }
    }

    async ValueTask<(JsonValue? Result, string? Cause)> WriteAsync(ResultWriter writer, MapRun run, Children ofMap)
    {
        ChildResult[] results = [.. ofMap.Results.Where(result => result is not null)!];
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

    void StopChildren(in Command command)
    {
        Children? ofMap = null;
        lock (gate) children?.Remove(command.Task, out ofMap);
        if (ofMap is null) return;
        ExecutionRun[] running;
        lock (gate) running = [.. ofMap.Runs.Values];
        foreach (var child in running) child.Stop(null, null);
    }

    Children ChildrenOf(TaskId task, MapRun run)
    {
        lock (gate)
        {
            children ??= [];
            if (!children.TryGetValue(task, out var known)) children.Add(task, known = new Children(run.Results.Length, run.WriterArguments is not null));
            return known;
        }
    }

    sealed class Children(int count, bool hasWriter)
    {
        internal Dictionary<int, ExecutionRun> Runs { get; } = [];

        internal bool HasWriter => hasWriter;

        internal ChildResult?[] Results { get; } = new ChildResult?[hasWriter ? count : 0];
    }
}
