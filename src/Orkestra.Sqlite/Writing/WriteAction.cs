namespace Orkestra.Sqlite.Writing;

/// <summary>A change that is not the commit of an execution.</summary>
internal sealed class WriteAction<T>(Func<StoreTables, T> write, CancellationToken cancellationToken) : WriteItem
{
    readonly TaskCompletionSource<T> done = new();
    T result = default!;

    internal Task<T> Done => done.Task;

    protected override bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected override void WriteTo(StoreTables tables) => result = write(tables);

    protected override void Succeed() => done.TrySetResult(result);

    protected override void Throw(Exception problem) => done.TrySetException(problem);

    protected override void Cancel() => done.TrySetCanceled(cancellationToken);
}
