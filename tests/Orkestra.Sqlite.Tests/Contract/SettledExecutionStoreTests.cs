using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Tests.Contract;

/// <summary>As after many commits: whatever is read is in the rows and their indexes.</summary>
public sealed class SettledExecutionStoreTests : ExecutionStoreContract
{
    readonly TempFolder folder = new();
    readonly SqliteExecutionStore store;

    public SettledExecutionStoreTests()
    {
        store = new SqliteExecutionStore(folder.Store);
        Store = new Settling(store);
    }

    protected override IExecutionStore Store { get; }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        store.Dispose();
        folder.Dispose();
    }

    sealed class Settling(SqliteExecutionStore store) : IExecutionStore
    {
        public bool KeepsHistory => store.KeepsHistory;

        public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) => store.CreateAsync(commit, cancellationToken);

        public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken) => store.AppendAsync(commit, cancellationToken);

        public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => store.SaveRevisionAsync(revision, cancellationToken);

        public async ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) =>
            await (await SettledAsync()).FindAsync(executionArn, cancellationToken);

        public async ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) =>
            await (await SettledAsync()).ReadSignalsAsync(executionArn, cancellationToken);

        public async ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) =>
            await (await SettledAsync()).ReadHistoryAsync(executionArn, range, cancellationToken);

        public async ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => await (await SettledAsync()).QueryAsync(query, cancellationToken);

        public async ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) =>
            await (await SettledAsync()).FindRevisionAsync(definitionHash, cancellationToken);

        public async ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) =>
            await (await SettledAsync()).FindTokenOwnerAsync(taskToken, cancellationToken);

        public async ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
            await (await SettledAsync()).ReadDueAsync(until, limit, cancellationToken);

        async Task<SqliteExecutionStore> SettledAsync()
        {
            await store.Writer.SettleAsync(CancellationToken.None);
            return store;
        }
    }
}
