using Orkestra.Asl;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting.Running;

/// <summary>Reads the items of distributed Maps from buckets and writes results to them. Every failure becomes a signal.</summary>
internal static class MapRunObjects
{
    internal static async ValueTask<ExecutionSignal> ReadAsync(OrkestraRuntime runtime, ReadItems command, CancellationToken cancellationToken)
    {
        try
        {
            var read = await DatasetReader.ReadAsync(
                runtime.Options.Objects, runtime.Options.Datasets, command.Resource, command.Arguments, command.Config, command.MaxItems, cancellationToken).ConfigureAwait(false);
            return new ExecutionSignal(ExecutionSignalKind.ItemsRead, runtime.Clock.UtcTicks, command.Task, read.Items, details: read.Parts);
        }
#pragma warning disable CA1031 // Formats and object stores are code of others.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return new ExecutionSignal(ExecutionSignalKind.ItemsFailed, runtime.Clock.UtcTicks, command.Task, error: ErrorNames.ItemReaderFailed, cause: CauseOf(problem));
        }
    }

    internal static async ValueTask<ExecutionSignal> WriteAsync(OrkestraRuntime runtime, WriteResults command, CancellationToken cancellationToken)
    {
        try
        {
            var children = command.Children.Select(child => ChildResult.Of(child.Start, child.Output, child.Ending)).ToArray();
            var result = await ResultFiles.WriteAsync(
                runtime.Options.Objects, command.Writer, command.Arguments, command.MapRunArn, command.MapRunId, children, cancellationToken).ConfigureAwait(false);
            return new ExecutionSignal(ExecutionSignalKind.ResultsWritten, runtime.Clock.UtcTicks, command.Task, result);
        }
#pragma warning disable CA1031 // Object stores are code of others.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return new ExecutionSignal(ExecutionSignalKind.ResultsFailed, runtime.Clock.UtcTicks, command.Task, error: ErrorNames.ResultWriterFailed, cause: CauseOf(problem));
        }
    }

    static string CauseOf(Exception problem) => problem is DatasetException ? problem.Message : $"{problem.GetType().Name}: {problem.Message}";
}
