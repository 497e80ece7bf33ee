using System.Threading.Tasks.Sources;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Writing;

/// <summary>A commit of an execution. It is packed on the thread that asks for it, so that the thread that writes only copies bytes.</summary>
internal sealed class WriteCommit : WriteItem, IValueTaskSource
{
    readonly bool creates;
    readonly CancellationToken cancellationToken;
    readonly PackedBuffer packed;
    readonly int signals;
    readonly long expected;
    readonly IReadOnlyCollection<string>? tokens;
    readonly ExecutionRecord record;
    ManualResetValueTaskSourceCore<bool> done;

    internal WriteCommit(ExecutionCommit commit, bool creates, CancellationToken cancellationToken)
    {
        this.creates = creates;
        this.cancellationToken = cancellationToken;
        packed = CommitPacking.Write(commit);
        signals = commit.Signals.Length;
        expected = commit.ExpectedSequence;
        tokens = commit.OpenTokens;
        record = commit.Execution;
    }

    internal ValueTask Done => new(this, done.Version);

    protected override bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected override void WriteTo(StoreTables tables)
    {
        if (creates) tables.Executions.Create(record, signals, packed.Written, tokens);
        else tables.Executions.Append(record, expected, signals, packed.Written, tokens);
    }

    protected override void Release() => packed.Dispose();

    protected override void Succeed() => done.SetResult(true);

    protected override void Throw(Exception problem) => done.SetException(problem);

    protected override void Cancel() => done.SetException(new OperationCanceledException("The commit was given up before it was written.", cancellationToken));

    void IValueTaskSource.GetResult(short token) => done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => done.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        done.OnCompleted(continuation, state, token, flags);
}
