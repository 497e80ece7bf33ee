using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Reading;

namespace Orkestra.Sqlite.Transfer;

/// <summary>Writes executions as lines, each after its definition and before its child executions; then backfills.</summary>
internal sealed class Exporting(SqliteExecutionStore store, ReaderPool readers, Stream destination)
{
    const int PageSize = 200;

    readonly HashSet<string> definitions = new(StringComparer.Ordinal);
    int count;

    internal async Task<int> RunAsync(ExecutionQuery? query, CancellationToken cancellationToken)
    {
        await ExportAsync(query ?? new ExecutionQuery(), cancellationToken).ConfigureAwait(false);
        if (query is null) await ExportBackfillsAsync(cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    async Task ExportAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        query = query with { Limit = PageSize };
        ExecutionPage page;
        do
        {
            page = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var record in page.Executions) await ExportAsync(record.Arn, cancellationToken).ConfigureAwait(false);
            query = query with { PageToken = page.NextToken };
        }
        while (page.NextToken is not null);
    }

    async Task ExportAsync(string arn, CancellationToken cancellationToken)
    {
        // It may have been pruned since the page was read.
        if (readers.Read(reader => reader.ReadWhole(arn)) is not { } execution) return;
        var hash = execution.Record.DefinitionHash;
        if (definitions.Add(hash) && readers.Read(reader => reader.FindRevision(hash)) is { } revision)
            await WriteAsync(TransferFormat.LineOf(revision), cancellationToken).ConfigureAwait(false);
        await WriteAsync(TransferFormat.LineOf(execution), cancellationToken).ConfigureAwait(false);
        count++;
        foreach (var (_, run) in readers.Read(reader => reader.FindMapRuns(arn))) await ExportAsync(new ExecutionQuery { MapRunArn = run }, cancellationToken).ConfigureAwait(false);
    }

    async Task ExportBackfillsAsync(CancellationToken cancellationToken)
    {
        // In the order in which they were made, which an import keeps.
        foreach (var id in readers.Read(reader => reader.ReadBackfills()).Reverse().Select(backfill => backfill.Id))
        {
            if (readers.Read(reader => reader.ReadBackfill(id)) is var (backfill, items)) await WriteAsync(BackfillTransfer.LineOf(backfill, items), cancellationToken).ConfigureAwait(false);
        }
    }

    async Task WriteAsync(JsonObject line, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(line.ToUtf8Bytes(), cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
