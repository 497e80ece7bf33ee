using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.KillProgram;

/// <summary>
/// A runtime on a store, and its clients: they start executions, send callbacks and redrive what failed, and note what was acknowledged. After a restart they go on where
/// they were, and never ask again for what was acknowledged.
/// </summary>
public sealed class Load : IAsyncDisposable
{
    const string Started = "started ";
    const string Sent = "sent ";
    const string Redriven = "redriven ";

    readonly SqliteExecutionStore store;
    readonly AppendedLines acknowledgements;
    readonly AppendedLines calls;
    readonly AppendedLines tokens;
    readonly LoadInvoker invoker;
    readonly HashSet<string> known;
    readonly string folder;
    Task sending = Task.CompletedTask;

    public Load(string folder)
    {
        this.folder = folder;
        known = [.. AppendedLines.Read(AcknowledgementsOf(folder))];
        acknowledgements = new AppendedLines(AcknowledgementsOf(folder));
        calls = new AppendedLines(CallsOf(folder));
        tokens = new AppendedLines(Path.Combine(folder, "tokens"));
        store = new SqliteExecutionStore(Path.Combine(folder, "executions.db"));
        invoker = new LoadInvoker(Called);
        Runtime = new OrkestraRuntime(invoker, new OrkestraOptions { Store = store, IdleTimeout = TimeSpan.FromMilliseconds(200) });
        foreach (var kind in Machines.All) Runtime.StateMachines.Add(kind, Machines.PlanOf(kind));
    }

    public OrkestraRuntime Runtime { get; }

    public IExecutionStore Store => store;

    public static string AcknowledgementsOf(string folder) => Path.Combine(folder, "acknowledged");

    public static string CallsOf(string folder) => Path.Combine(folder, "calls");

    /// <summary>The executions whose start was acknowledged, by name.</summary>
    public static string[] AcknowledgedStarts(string folder) =>
        [.. AppendedLines.Read(AcknowledgementsOf(folder)).Where(line => line.StartsWith(Started, StringComparison.Ordinal)).Select(line => line[Started.Length..])];

    /// <summary>Goes on with what is stored, and with what its clients owe it.</summary>
    public async Task ResumeAsync()
    {
        var summary = await Runtime.ResumeAllAsync();
        if (summary.Failed.Count > 0) throw new InvalidOperationException($"Not resumed: {string.Join("; ", summary.Failed.Select(failed => $"{failed.Key}: {failed.Value.Message}"))}");
        foreach (var token in AppendedLines.Read(Path.Combine(folder, "tokens")).Distinct())
        {
            if (!IsKnown($"{Sent}{token}")) await SendAsync(token);
        }

        sending = SendTokensAsync();
        await foreach (var execution in FailedAsync()) await RedriveAsync(execution);
    }

    /// <summary>Starts executions until the process ends.</summary>
    public async Task RunAsync(string round)
    {
        using var places = new SemaphoreSlim(48);
        for (var i = 0; ; i++)
        {
            await places.WaitAsync();
            var kind = Machines.All[i % Machines.All.Count];
            _ = StartAsync(kind, $"{kind}-{round}-{i}", places);
        }
    }

    /// <summary>Ends when every execution has.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (sending.IsFaulted) await sending;
            await foreach (var execution in FailedAsync()) await RedriveAsync(execution);
            var running = await store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running, Limit = 10 }, CancellationToken.None);
            var failed = await store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Failed, Limit = 10 }, CancellationToken.None);
            var open = running.Executions.Concat(failed.Executions).ToArray();
            if (open.Length == 0) return;
            if (cancellationToken.IsCancellationRequested)
                throw new TimeoutException($"These do not end: {string.Join(", ", open.Select(execution => $"{execution.Name} ({execution.Status}, {(execution.IsIdle ? $"waits until {execution.NextDue:O}" : "works")})"))}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await store.DisposeAsync();
        acknowledgements.Dispose();
        calls.Dispose();
        tokens.Dispose();
    }

    async Task StartAsync(string kind, string name, SemaphoreSlim places)
    {
        var execution = await Runtime.StartAsync(kind, JsonObject.Create(("name", name)), name);
        acknowledgements.Add($"{Started}{name}");
        var ended = await execution.Completion;
        if (kind == "redrive" && ended.Status == ExecutionStatus.Failed) await RedriveAsync(ended.Arn, name);
        places.Release();
    }

    async Task SendTokensAsync()
    {
        await foreach (var token in invoker.Tokens.ReadAllAsync()) await SendAsync(token);
    }

    async Task SendAsync(string token)
    {
        // A token that is not known yet is sent again: its task is called again after a restart.
        if (await Runtime.SendTaskSuccessAsync(token, "called back")) acknowledgements.Add($"{Sent}{token}");
    }

    async IAsyncEnumerable<ExecutionRecord> FailedAsync()
    {
        var page = await store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Failed, Limit = 10_000 }, CancellationToken.None);
        foreach (var execution in page.Executions)
        {
            // One whose redrive was acknowledged does not stand here any more.
            if (execution.Name.StartsWith("redrive-", StringComparison.Ordinal) && !IsKnown($"{Redriven}{execution.Name}")) yield return execution;
        }
    }

    bool IsKnown(string line)
    {
        lock (known) return known.Contains(line);
    }

    Task RedriveAsync(ExecutionRecord execution) => RedriveAsync(execution.Arn, execution.Name);

    async Task RedriveAsync(string arn, string name)
    {
        await Runtime.RedriveAsync(arn);
        acknowledgements.Add($"{Redriven}{name}");
        lock (known) known.Add($"{Redriven}{name}");
    }

    void Called(TaskInvocation invocation)
    {
        if (invocation.Resource.Pattern == TaskPattern.WaitForTaskToken) tokens.Add(((JsonString)invocation.Input["Payload"]!["token"]!).Value);
        calls.Add($"{invocation.ExecutionArn} {invocation.StateName} {invocation.Attempt}");
    }
}
