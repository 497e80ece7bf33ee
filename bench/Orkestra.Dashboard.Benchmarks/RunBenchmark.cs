using System.Diagnostics;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>How long a run with 10,000 events takes to open.</summary>
static class RunBenchmark
{
    internal const string Loop = """
        {"QueryLanguage":"JSONata","StartAt":"Turn","States":{
          "Turn":{"Type":"Pass","Output":{"left":"{% $states.input.left - 1 %}"},"Next":"More?"},
          "More?":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.left > 0 %}","Next":"Turn"}],"Default":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    const int Openings = 30;

    internal static async Task RunAsync(MeasuredBrowser browser)
    {
        await using var app = await MeasuredApp.StartAsync();
        app.Add("Loop", Loop);
        var times = new List<double>();
        var answers = new List<double>();
        var processor = new List<double>();
        var shown = new List<double>();
        var events = 0;
        using var client = new HttpClient();
        // Once before, so that what a program does only once is done.
        for (var i = -1; i < Openings; i++)
        {
            // Each one is new, so that nothing of it is remembered.
            var run = await app.RunAsync("Loop", """{"left":2500}""", $"run-{i}");
            events = (await app.Runtime.FindAsync(run.Arn))!.History.Count;
            var used = Environment.CpuUsage.TotalTime;
            var asked = Stopwatch.StartNew();
            if (i >= 0 && i % 2 == 0)
            {
                // Every other one is asked for without a browser.
                await client.GetStringAsync(new Uri($"{app.Address}runs/{run.Arn}"));
                answers.Add(asked.Elapsed.TotalMilliseconds);
                processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
                continue;
            }

            var page = await browser.NewPageAsync();
            var thread = await MainThread.OfAsync(page);
            var clock = Stopwatch.StartNew();
            await page.GotoAsync($"{app.Address}runs/{run.Arn}");
            await page.Locator(".lane").First.WaitForAsync();
            if (i >= 0) times.Add(clock.Elapsed.TotalMilliseconds);
            if (i >= 0) shown.Add((await thread.ReadAsync()).All);
            await page.CloseAsync();
        }

        Figure.Print($"a run with {events} events: until it is open, median of {times.Count}", Figure.Percentile(times, 0.5), "ms", "< 1000");
        Figure.Print("… the slowest", times.Max(), "ms", "< 1000");
        Figure.Print("… the answer of the app alone", Figure.Percentile(answers, 0.5), "ms", "");
        Figure.Print("… processor time of the app", Figure.Percentile(processor, 0.5), "ms", "");
        Figure.Print("… processor time of the page", Figure.Percentile(shown, 0.5), "ms", "");
    }
}
