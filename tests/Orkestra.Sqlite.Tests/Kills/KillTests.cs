using System.Diagnostics;
using System.Globalization;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.KillProgram;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Kills;

/// <summary>
/// A process that works on a store is killed at random moments, again and again: while it starts, recovers, resumes and works. In the end every execution whose start was
/// acknowledged has the history of a run that was never interrupted, and no task whose end was stored was called again.
/// </summary>
public sealed class KillTests
{
    /// <summary>How often; 1,000 times with <c>ORKESTRA_KILLS=1000</c>.</summary>
    static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("ORKESTRA_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 50;

    // For a machine that is slow or busy. Nothing waits for it otherwise.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Two stores at a time: starting processes is most of the work.
    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_done_twice_when_the_process_is_killed() => await Task.WhenAll(CheckAsync(0), CheckAsync(1));

    static async Task CheckAsync(int lane)
    {
        using var folder = new TempFolder();
        var seed = Environment.TickCount + lane;
        var random = new Random(seed);
        var kills = Kills / 2;
        var output = TestContext.Current.TestOutputHelper!;
        try
        {
            for (var round = 0; round < kills; round++) await KillOnceAsync(folder.Path, round, random);
            await CheckAsync(folder, kills, seed, output);
        }
        catch
        {
            folder.Keep();
            output.WriteLine($"The store stays in {folder.Path} (seed {seed})");
            throw;
        }
    }

    static async Task CheckAsync(TempFolder folder, int kills, int seed, ITestOutputHelper output)
    {
        var starts = Load.AcknowledgedStarts(folder.Path);
        output.WriteLine($"{kills} kills (seed {seed}), {starts.Length} executions acknowledged");
        starts.Length.ShouldBeGreaterThan(kills);
        await using var load = new Load(folder.Path);
        using var patience = new CancellationTokenSource(Patience);
        await load.ResumeAsync();
        await load.FinishAsync(patience.Token);
        var stored = await AllAsync(load.Store);
        starts.Except(stored.Select(execution => execution.Name)).ShouldBeEmpty("acknowledged, and not stored");
        Uninterrupted.CheckCalls(AppendedLines.Read(Load.CallsOf(folder.Path)));
        var compared = await Uninterrupted.CompareAsync(load, stored);
        output.WriteLine($"{compared} histories are those of runs that were never interrupted");
        compared.ShouldBeGreaterThanOrEqualTo(stored.Count);
    }

    static async Task KillOnceAsync(string folder, int round, Random random)
    {
        var acknowledged = new FileInfo(Load.AcknowledgementsOf(folder));
        var before = acknowledged.Exists ? acknowledged.Length : 0;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Orkestra.Sqlite.KillProgram.dll"));
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(round.ToString(CultureInfo.InvariantCulture));
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        // Mostly while it works, and now and then while it is starting.
        if (random.Next(5) > 0)
        {
            var clock = Stopwatch.StartNew();
            while (!process.HasExited)
            {
                acknowledged.Refresh();
                if (acknowledged.Exists && acknowledged.Length > before) break;
                if (clock.Elapsed > Patience) throw new TimeoutException("The program acknowledged nothing.");
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }
        }

        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 250), TimeProvider.System);
        var hasExited = process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        if (hasExited) throw new InvalidOperationException($"The program ended by itself: {await errors}");
    }

    static async Task<List<ExecutionRecord>> AllAsync(IExecutionStore store)
    {
        var all = new List<ExecutionRecord>();
        string? token = null;
        do
        {
            var page = await store.QueryAsync(new ExecutionQuery { Limit = 500, PageToken = token }, CancellationToken.None);
            all.AddRange(page.Executions);
            token = page.NextToken;
        }
        while (token is not null);
        return all;
    }
}
