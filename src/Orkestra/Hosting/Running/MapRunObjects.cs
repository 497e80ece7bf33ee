using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;

namespace Orkestra.Hosting.Running;

/// <summary>Reads the items of distributed Maps from buckets and writes results to them. Whatever an object store throws becomes a signal.</summary>
internal static class MapRunObjects
{
    internal static async ValueTask<ExecutionSignal> ReadAsync(IObjectStore? objects, ReadItems command, RunClock clock)
    {
        string cause;
        try
        {
            if (objects is not null)
            {
                var items = await DatasetReader.ReadAsync(objects, command.Resource, command.Arguments, command.Config, command.MaxItems, CancellationToken.None).ConfigureAwait(false);
                return new ExecutionSignal(ExecutionSignalKind.ItemsRead, clock.UtcTicks, command.Task, items);
            }

            cause = $"The runtime has no object store to read '{command.Resource}' from. Set {nameof(OrkestraOptions)}.{nameof(OrkestraOptions.Objects)}.";
        }
#pragma warning disable CA1031 // An object store may throw anything.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            cause = CauseOf(problem);
        }

        return new ExecutionSignal(ExecutionSignalKind.ItemsFailed, clock.UtcTicks, command.Task, error: ErrorNames.ItemReaderFailed, cause: cause);
    }

    internal static async ValueTask<ExecutionSignal> WriteAsync(IObjectStore? objects, WriteResults command, RunClock clock)
    {
        string cause;
        try
        {
            var result = await WriteAsync(objects, command).ConfigureAwait(false);
            return new ExecutionSignal(ExecutionSignalKind.ResultsWritten, clock.UtcTicks, command.Task, result);
        }
#pragma warning disable CA1031 // An object store may throw anything.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            cause = CauseOf(problem);
        }

        return new ExecutionSignal(ExecutionSignalKind.ResultsFailed, clock.UtcTicks, command.Task, error: ErrorNames.ResultWriterFailed, cause: cause);
    }

    static async ValueTask<JsonValue> WriteAsync(IObjectStore? objects, WriteResults command)
    {
        var results = command.Children.Select(child => ChildResult.Of(child.Start, child.Output, child.Ending)).ToArray();
        var writer = command.Writer;
        if (writer.Resource is null) return JsonArray.Create(results.SelectMany(result => ResultFiles.Results(result, writer.WriterConfig?.Transformation ?? "COMPACT")));
        if (objects is null)
            throw new DatasetException($"The runtime has no object store to write '{writer.Resource}' to. Set {nameof(OrkestraOptions)}.{nameof(OrkestraOptions.Objects)}.");
        if (command.Arguments["Bucket"] is not JsonString bucket) throw new DatasetException("The result writer needs the text 'Bucket'.");
        var prefix = (command.Arguments["Prefix"] as JsonString)?.Value;
        foreach (var (key, content) in ResultFiles.Create(bucket.Value, prefix, command.MapRunArn, command.MapRunId, results, writer.WriterConfig))
            await objects.WriteAsync(bucket.Value, key, content, CancellationToken.None).ConfigureAwait(false);
        return JsonObject.Create(
            ("MapRunArn", command.MapRunArn),
            ("ResultWriterDetails", JsonObject.Create(("Bucket", bucket), ("Key", ResultFiles.ManifestKey(prefix, command.MapRunId)))));
    }

    static string CauseOf(Exception problem) => problem is DatasetException or IOException or JsonFormatException ? problem.Message : $"{problem.GetType().Name}: {problem.Message}";
}
