using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Writing;

/// <summary>Something to write, and who waits for it. All but its making and the answer is for the thread that writes.</summary>
internal abstract class WriteItem
{
    Exception? refusal;
    bool isWritten;

    /// <summary>Whether it was given up. If its turn has not come, it is not written.</summary>
    protected abstract bool IsCancelled { get; }

    /// <summary>Writes within the transaction of a batch; again after that was rolled back.</summary>
    internal void Write(StoreTables tables)
    {
        (refusal, isWritten) = (null, false);
        if (IsCancelled) return;
        try
        {
            WriteTo(tables);
            isWritten = true;
        }
        catch (Exception problem) when (problem is ExecutionExistsException or SequenceConflictException)
        {
            // Told after the commit: what it conflicts with may be rolled back.
            refusal = problem;
        }
    }

    /// <summary>Tells who waits, who may go on on this thread. The item is not written any more.</summary>
    /// <param name="failure">Why nothing of it is stored; null when the transaction is on the disk.</param>
    internal void Answer(Exception? failure)
    {
        Release();
        if ((failure ?? refusal) is { } problem) Throw(problem);
        else if (isWritten) Succeed();
        else Cancel();
    }

    /// <summary>Writes. Throws <see cref="ExecutionExistsException"/> and <see cref="SequenceConflictException"/> only before anything was written.</summary>
    protected abstract void WriteTo(StoreTables tables);

    protected abstract void Succeed();

    protected abstract void Throw(Exception problem);

    protected abstract void Cancel();

    /// <summary>Nothing more is written.</summary>
    protected virtual void Release()
    {
    }
}
