using Orkestra.Expressions.Data;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>What a page of a run holds while 10,000 events happen before its eyes.</summary>
static class LiveBenchmark
{
    const string Tasks = """
        {"QueryLanguage":"JSONata","StartAt":"Work","States":{
          "Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","Output":{"left":"{% $states.input.left - 1 %}"},"Next":"More?"},
          "More?":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.left > 0 %}","Next":"Work"}],"Default":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    const int First = 3_000;
    const int Last = 10_000;

    internal static async Task RunAsync(MeasuredBrowser browser)
    {
        await using var app = await MeasuredApp.StartAsync();
        app.Add("Tasks", Tasks);
        var page = await browser.NewPageAsync();
        var run = await app.Runtime.StartAsync("Tasks", JsonValue.Parse("""{"left":1500}"""));
        await page.GotoAsync($"{app.Address}runs/{run.Arn}");
        var session = await page.Context.NewCDPSessionAsync(page);
        // Once there are more than 300 visits and 200 events, the page shows as many as it ever does.
        var before = await AtAsync(First);
        var after = await AtAsync(Last);
        Figure.Print($"a page that follows a run: heap after {First} events", before.Heap / 1e6, "MB", "");
        Figure.Print($"… after {Last} events, as a part of that", after.Heap / before.Heap, "", "<= 1.1");
        Figure.Print($"… elements after {Last} events, as a part of those after {First}", after.Nodes / before.Nodes, "", "<= 1.1");
        await page.CloseAsync();

        async Task<(double Heap, double Nodes)> AtAsync(int events)
        {
            while ((await app.Runtime.FindAsync(run.Arn))!.History.Count < events) await Task.Delay(20);
            await page.WaitForFunctionAsync("least => Number(document.querySelector('[data-part=event-count]').textContent) >= least", events);
            await session.SendAsync("HeapProfiler.collectGarbage");
            var heap = (await session.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
            return (heap, (await session.SendAsync("Memory.getDOMCounters"))!.Value.GetProperty("nodes").GetDouble());
        }
    }
}
