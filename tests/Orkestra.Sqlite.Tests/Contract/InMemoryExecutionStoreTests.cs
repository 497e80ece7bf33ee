using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Tests.Contract;

public sealed class InMemoryExecutionStoreTests : ExecutionStoreContract
{
    protected override IExecutionStore Store { get; } = new InMemoryExecutionStore();
}
