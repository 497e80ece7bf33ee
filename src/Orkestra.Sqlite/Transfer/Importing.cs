using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Packing;
using Orkestra.Sqlite.Reading;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Transfer;

/// <summary>Reads lines of executions, definitions and backfills, and adds them.</summary>
internal sealed class Importing(CommitWriter writer, Stream source)
{
    /// <summary>How many lines a transaction adds.</summary>
    const int Batch = 64;

    readonly List<StoredExecution> executions = [];
    readonly List<StateMachineRevision> definitions = [];
    readonly List<(BackfillRecord Backfill, IReadOnlyList<BackfillItem> Items)> backfills = [];
    int imported;
    int skipped;
    int addedBackfills;

    internal async Task<ImportSummary> RunAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, leaveOpen: true);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            Add(text, number);
            if (executions.Count + definitions.Count + backfills.Count >= Batch) await WriteAsync(cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(cancellationToken).ConfigureAwait(false);
        return new ImportSummary(imported, skipped) { Backfills = addedBackfills };
    }

    void Add(string text, int number)
    {
        try
        {
            var line = JsonValue.Parse(text, PackedReader.Deep);
            switch (TransferFormat.KindOf(line))
            {
                case TransferFormat.Execution:
                    executions.Add(TransferFormat.ExecutionOf(line));
                    break;
                case TransferFormat.Definition:
                    definitions.Add(TransferFormat.DefinitionOf(line));
                    break;
                default:
                    backfills.Add(BackfillTransfer.BackfillOf(line));
                    break;
            }
        }
        catch (Exception problem) when (problem is FormatException or JsonFormatException)
        {
            throw new FormatException($"The line {number} cannot be imported. {problem.Message}", problem);
        }
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (added, addedHere) = await writer.DoAsync(
            tables =>
            {
                foreach (var definition in definitions) tables.Documents.Add(definition);
                return (executions.Count(execution => Add(tables, execution)), backfills.Count(backfill => Add(tables, backfill.Backfill, backfill.Items)));
            },
            cancellationToken).ConfigureAwait(false);
        imported += added;
        skipped += executions.Count - added;
        addedBackfills += addedHere;
        executions.Clear();
        definitions.Clear();
        backfills.Clear();
    }

    static bool Add(StoreTables tables, BackfillRecord backfill, IReadOnlyList<BackfillItem> items)
    {
        if (tables.Backfills.Exists(backfill.Id)) return false;
        tables.Backfills.Create(backfill, items);
        return true;
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
        tables.StepLogs.Import(execution.Record.Arn, execution.StepLogs);
        return true;
    }
}
