namespace Orkestra.Sqlite.Writing;

/// <summary>An execution that is being worked on. Only the thread that writes changes it; any thread reads what is committed.</summary>
internal sealed class LiveExecution(long id, string arn)
{
    readonly Lock gate = new();
    Progress committed;

    internal long Id => id;

    internal string Arn => arn;

    /// <summary>With the batch that is being written. For the thread that writes.</summary>
    internal Progress Pending { get; set; }

    /// <summary>As it is on the disk.</summary>
    internal Progress Committed
    {
        get
        {
            lock (gate) return committed;
        }
    }

    /// <summary>The batch is on the disk.</summary>
    internal void Commit()
    {
        lock (gate) committed = Pending;
    }

    /// <summary>The batch was rolled back.</summary>
    internal void RollBack() => Pending = committed;
}
