using System.Diagnostics;
using Orkestra.Sqlite;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>The home page over 100,000 runs in a SQLite file, 8,000 of which are of one workflow.</summary>
static class HomeBenchmark
{
    const string One = """{"StartAt":"Only","States":{"Only":{"Type":"Pass","End":true}}}""";
    const int OfOne = 8_000;
    const int All = 100_000;
    const int Requests = 200;

    internal static async Task RunAsync(MeasuredBrowser browser)
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-home").FullName;
        try
        {
            await using var store = new SqliteExecutionStore(Path.Combine(folder, "executions.db"));
            await using var app = await MeasuredApp.StartAsync(store);
            for (var i = 0; i < 10; i++) app.Add($"Workflow{i}", One);
            var others = 0;
            await Parallel.ForEachAsync(Enumerable.Range(0, All), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, _) =>
                await app.RunAsync(i < OfOne ? "Workflow0" : $"Workflow{1 + (Interlocked.Increment(ref others) % 9)}", "{}"));
            using var client = new HttpClient { BaseAddress = new Uri(app.Address) };
            var times = new List<double>();
            for (var i = -5; i < Requests; i++)
            {
                // Something new each time, so that nothing is remembered of the workflow.
                await app.RunAsync($"Workflow{Math.Abs(i) % 10}", "{}");
                var clock = Stopwatch.StartNew();
                await client.GetStringAsync("");
                if (i >= 0) times.Add(clock.Elapsed.TotalMilliseconds);
            }

            Figure.Print("home page over 100,000 stored runs, 8,000 of one workflow: the answer, 95 of 100", Figure.Percentile(times, 0.95), "ms", "< 200");
            times.Clear();
            var page = await browser.NewPageAsync();
            for (var i = -2; i < 40; i++)
            {
                var clock = Stopwatch.StartNew();
                await page.GotoAsync(app.Address);
                await page.Locator(".bars").First.WaitForAsync();
                if (i >= 0) times.Add(clock.Elapsed.TotalMilliseconds);
            }

            Figure.Print("… until the browser shows it, 95 of 100", Figure.Percentile(times, 0.95), "ms", "< 200");
            await page.CloseAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
