using System.Diagnostics;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using SQLitePCL;

namespace Orkestra.Sqlite.Writing;

/// <summary>
/// The one thread that writes. It takes whatever has queued, writes it in one transaction, waits until that is on the disk, and then tells those who wait. A transaction
/// that fails is repeated item by item, so that one that cannot be written does not fail the others.
/// </summary>
internal sealed class CommitWriter : IDisposable
{
    /// <summary>How many items wait at most; further ones wait for a place.</summary>
    internal const int Capacity = 16_384;

    /// <summary>How many items a transaction has at most.</summary>
    const int MaxBatch = 4_096;

    /// <summary>After how many pages the log is moved into the file: 16 MB.</summary>
    const int PagesToCheckpoint = 4_096;

    const int BytesOfPage = 4_096;

    const int DbStatusCacheWrite = 9;

    /// <summary>The smallest fraction of a commit that is waited for executions to come back, as a power of two.</summary>
    const int MaxPatience = 6;

    /// <summary>What is waited at most is half of this: half a millisecond.</summary>
    static readonly long MaxGathering = Stopwatch.Frequency / 1_000;

    readonly Database database;
    readonly StoreTables tables;
    readonly Lock gate = new();
    readonly SemaphoreSlim places = new(Capacity, Capacity);
    readonly SemaphoreSlim arrived = new(0);
    readonly Thread thread;
    List<WriteItem> arriving = [];
    List<WriteItem> taken = [];
    int next;
    bool isSleeping;
    bool isClosing;
    ExecutionStoreException? broken;
    volatile string? writeProblem;
    long pages;
    long lastCommit;
    int returning;
    int patience = 1;

    internal CommitWriter(Database database, LiveExecutions live, StepLogLimits limits)
    {
        this.database = database;
        tables = new StoreTables(database, live, limits);
        tables.Begin();
        try
        {
            tables.Executions.Recover();
            tables.Commit();
        }
        catch
        {
            tables.RollBack();
            throw;
        }

        // What processes left that were killed before they moved it into the file.
        if (new FileInfo($"{database.Path}-wal") is { Exists: true } log) pages = log.Length / BytesOfPage;
        thread = new Thread(Work) { IsBackground = true, Name = "Orkestra store" };
        thread.Start();
    }

    /// <summary>Why the last transaction failed; null when it did not.</summary>
    internal string? WriteProblem => writeProblem;

    int Arrived => Volatile.Read(ref arriving).Count;

    // What was taken and is not written yet.
    int Left => taken.Count - next;

    /// <summary>Writes a commit.</summary>
    internal ValueTask AddAsync(ExecutionCommit commit, bool creates, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!places.Wait(0, CancellationToken.None)) return WaitAndAddAsync(commit, creates, cancellationToken);
        return Packed(commit, creates, cancellationToken);
    }

    /// <summary>Carries out another change.</summary>
    internal async Task<T> DoAsync<T>(Func<StoreTables, T> change, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var item = new WriteAction<T>(change, cancellationToken);
        Add(item);
        return await item.Done.ConfigureAwait(false);
    }

    /// <summary>Writes the rows of all executions, as they are when it is its turn.</summary>
    internal Task SettleAsync(CancellationToken cancellationToken) => DoAsync(
        tables =>
        {
            tables.Executions.Settle();
            return true;
        },
        cancellationToken);

    /// <summary>Writes what has queued, and ends. What comes later is refused.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosing) return;
            isClosing = true;
        }

        arrived.Release();
        thread.Join();
    }

    async ValueTask WaitAndAddAsync(ExecutionCommit commit, bool creates, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        await Packed(commit, creates, cancellationToken).ConfigureAwait(false);
    }

    ValueTask Packed(ExecutionCommit commit, bool creates, CancellationToken cancellationToken)
    {
        WriteCommit item;
        try
        {
            item = new WriteCommit(commit, creates, cancellationToken);
        }
        catch
        {
            places.Release();
            throw;
        }

        Add(item);
        return item.Done;
    }

    void Add(WriteItem item)
    {
        var wakes = false;
        var isClosed = false;
        lock (gate)
        {
            if (isClosing)
            {
                isClosed = true;
            }
            else
            {
                arriving.Add(item);
                wakes = isSleeping;
                isSleeping = false;
            }
        }

        if (isClosed)
        {
            places.Release();
            item.Answer(new ExecutionStoreException($"The store '{database.Path}' is closed."));
        }
        else if (wakes)
        {
            arrived.Release();
        }
    }

    void Work()
    {
        List<WriteItem> batch = [];
        do
        {
            while (Collect(batch))
            {
                places.Release(batch.Count);
                batch.Clear();
                Checkpoint();
            }
        }
        while (Sleep());
        Close();
    }

    // False when the store is closed and nothing is left.
    bool Sleep()
    {
        while (true)
        {
            lock (gate)
            {
                if (arriving.Count > 0) return true;
                if (isClosing) return false;
                isSleeping = true;
            }

            arrived.Wait();
        }
    }

    // Writes what has arrived, in one transaction. Executions that were just told of a commit mostly come back with the next one at once. Waiting for them for a fraction of
    // what a sync takes, and writing what is there meanwhile, lets all executions share one, instead of half of them each. Where they do not come back, the fraction becomes
    // smaller. False when there is nothing.
    bool Collect(List<WriteItem> batch)
    {
        var expected = returning + Left + Arrived;
        returning = 0;
        if (expected == 0) return false;
        var until = Stopwatch.GetTimestamp() + (Math.Min(lastCommit, MaxGathering) >> patience);
        var spin = default(SpinWait);
        var transaction = default(BatchTransaction);
        while (batch.Count < MaxBatch && transaction.Problem is null)
        {
            if (Left == 0 && batch.Count >= expected) break;
            if (Take() is { } item)
            {
                batch.Add(item);
                Write(item, ref transaction);
                continue;
            }

            if (Stopwatch.GetTimestamp() >= until || Volatile.Read(ref isClosing)) break;
            spin.SpinOnce(sleep1Threshold: -1);
        }

        patience = Math.Clamp(patience + (batch.Count < expected ? 1 : -1), 1, MaxPatience);
        if (batch.Count == 0) return false;
        End(batch, transaction);
        return true;
    }

    WriteItem? Take()
    {
        if (Left == 0)
        {
            if (Arrived == 0) return null;
            taken.Clear();
            next = 0;
            lock (gate) (taken, arriving) = (arriving, taken);
        }

        var item = taken[next];
        taken[next++] = null!;
        return item;
    }

    void Write(WriteItem item, ref BatchTransaction transaction)
    {
        try
        {
            if (!transaction.HasBegun)
            {
                if (broken is not null) throw broken;
                tables.Begin();
                transaction.HasBegun = true;
            }

            item.Write(tables);
        }
#pragma warning disable CA1031 // Whatever fails the transaction, those who wait have to be told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            transaction.Problem = problem;
        }
    }

    void End(List<WriteItem> items, BatchTransaction transaction)
    {
        try
        {
            if (transaction.Problem is null)
            {
                tables.Executions.SettleWhenDue();
                var before = Stopwatch.GetTimestamp();
                tables.Commit();
                lastCommit = Stopwatch.GetTimestamp() - before;
            }
        }
#pragma warning disable CA1031 // Whatever fails the transaction, those who wait have to be told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            transaction.Problem = problem;
        }

        if (transaction.Problem is { } failed)
        {
            if (transaction.HasBegun) tables.RollBack();
            Fail(items, failed, isShared: transaction.HasBegun && items.Count > 1);
            return;
        }

        tables.Executions.Committed();
        writeProblem = null;
        returning += items.Count;
        Answer(items, null);
    }

    void Fail(List<WriteItem> items, Exception problem, bool isShared)
    {
        Break(problem);
        // One that cannot be written is not to fail the others.
        if (isShared && broken is null)
        {
            foreach (var item in items)
            {
                var alone = default(BatchTransaction);
                Write(item, ref alone);
                End([item], alone);
            }

            return;
        }

        writeProblem = problem.Message;
        Answer(items, problem);
    }

    static void Answer(List<WriteItem> items, Exception? failure) => new WriteAnswers([.. items], failure).Begin();

    // After a sync that failed it is not known what the disk has, and a later one that succeeds says nothing about what was written before.
    void Break(Exception problem)
    {
        if (StoreFaults.IsUnconfirmed(problem)) broken ??= (ExecutionStoreException)problem;
    }

    void Checkpoint()
    {
        raw.sqlite3_db_status(database.Handle, DbStatusCacheWrite, out var written, out _, 1);
        pages += written;
        if (pages < PagesToCheckpoint || broken is not null) return;
        pages = 0;
        // A reader may keep a part of the log back. What fails otherwise is tried again later: the log still has everything.
        var code = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        if (code != raw.SQLITE_OK) Break(database.Fault(code));
    }

    // The rows of executions that work are written, so that the next start has nothing to bring up to date.
    void Close()
    {
        if (broken is not null) return;
        try
        {
            tables.Begin();
            tables.Executions.Settle();
            tables.Commit();
            tables.Executions.Committed();
        }
#pragma warning disable CA1031 // The commits have everything, and the next start does the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            tables.RollBack();
        }
    }

    struct BatchTransaction
    {
        internal bool HasBegun;
        internal Exception? Problem;
    }
}
