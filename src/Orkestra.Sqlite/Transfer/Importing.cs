using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Packing;
using Orkestra.Sqlite.Reading;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Transfer;

/// <summary>Reads lines of executions and definitions, and adds them.</summary>
internal sealed class Importing(CommitWriter writer, Stream source)
{
    /// <summary>How many lines a transaction adds.</summary>
    const int Batch = 64;

    int imported;
    int skipped;

    internal async Task<ImportSummary> RunAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, leaveOpen: true);
        var executions = new List<StoredExecution>();
        var definitions = new List<StateMachineRevision>();
        for (var number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            Add(text, number, executions, definitions);
            if (executions.Count + definitions.Count >= Batch) await WriteAsync(executions, definitions, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(executions, definitions, cancellationToken).ConfigureAwait(false);
        return new ImportSummary(imported, skipped);
    }

    static void Add(string text, int number, List<StoredExecution> executions, List<StateMachineRevision> definitions)
    {
        try
        {
            var line = JsonValue.Parse(text, PackedReader.Deep);
            if (TransferFormat.IsExecution(line)) executions.Add(TransferFormat.ExecutionOf(line));
            else definitions.Add(TransferFormat.DefinitionOf(line));
        }
        catch (Exception problem) when (problem is FormatException or JsonFormatException)
        {
            throw new FormatException($"The line {number} cannot be imported. {problem.Message}", problem);
        }
    }

    async Task WriteAsync(List<StoredExecution> executions, List<StateMachineRevision> definitions, CancellationToken cancellationToken)
    {
        var added = await writer.DoAsync(
            tables =>
            {
                foreach (var definition in definitions) tables.Documents.Add(definition);
                return executions.Count(execution => Add(tables, execution));
            },
            cancellationToken).ConfigureAwait(false);
        imported += added;
        skipped += executions.Count - added;
        executions.Clear();
        definitions.Clear();
    }

    static bool Add(StoreTables tables, StoredExecution execution)
    {
        if (tables.Executions.Exists(execution.Record.Arn)) return false;
        using var packed = CommitPacking.Write(new ExecutionCommit
        {
            Execution = execution.Record,
            ExpectedSequence = 0,
            Signals = execution.Signals.ToArray(),
            History = default,
        });
        tables.Executions.Create(execution.Record, execution.Signals.Count, packed.Written, execution.Tokens);
        return true;
    }
}
