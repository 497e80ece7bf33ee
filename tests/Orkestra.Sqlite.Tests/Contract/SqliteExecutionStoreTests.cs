using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Tests.Contract;

public sealed class SqliteExecutionStoreTests : ExecutionStoreContract
{
    readonly TempFolder folder = new();
    readonly SqliteExecutionStore store;

    public SqliteExecutionStoreTests() => store = new SqliteExecutionStore(folder.Store);

    protected override IExecutionStore Store => store;

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        store.Dispose();
        folder.Dispose();
    }
}
