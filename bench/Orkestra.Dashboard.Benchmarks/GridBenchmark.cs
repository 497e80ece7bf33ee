using System.Text;
using Microsoft.Playwright;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>A grid of 1,000 states and 100 runs: frames a second while it scrolls, and how fast it answers the pointer.</summary>
static class GridBenchmark
{
    const int States = 1_000;
    const int Runs = 100;

    internal static async Task RunAsync(MeasuredBrowser browser)
    {
        await using var app = await MeasuredApp.StartAsync();
        app.Add("Large", Definition());
        for (var i = 0; i < Runs; i++) await app.RunAsync("Large", "{}", $"run-{i}");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Address + "workflows/Large");
        await page.Locator(".grid-row .grid-cell").First.WaitForAsync();
        var thread = await MainThread.OfAsync(page);
        var before = await thread.ReadAsync();
        // Down and up again, a screen each six frames, with nothing else in the way of the browser.
        var frames = await page.EvaluateAsync<double[]>("""
            async () => {
              const scroll = document.querySelector('.grid-scroll');
              const times = [];
              let last = await new Promise(requestAnimationFrame), direction = 1;
              const end = last + 5000;
              while (last < end) {
                scroll.scrollTop += direction * 100;
                if (scroll.scrollTop <= 0 || scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 1) direction = -direction;
                const now = await new Promise(requestAnimationFrame);
                times.push(now - last);
                last = now;
              }
              return times;
            }
            """);
        Figure.Print("grid of 1,000 states and 100 runs: frames a second while it scrolls", frames.Length * 1000 / frames.Sum(), "1/s", ">= 50");
        Figure.Print("… the time that 95 of 100 frames take at most", Figure.Percentile(frames, 0.95), "ms", "<= 20");
        var after = await thread.ReadAsync();
        Figure.Print("… processor time of the page for a frame", (after.All - before.All) / frames.Length, "ms", "<= 16");
        Figure.Print("…   of that scripts", (after.Script - before.Script) / frames.Length, "ms", "");
        Figure.Print("…   of that styles", (after.Style - before.Style) / frames.Length, "ms", "");
        Figure.Print("…   of that layout", (after.Layout - before.Layout) / frames.Length, "ms", "");
        await HoverAsync(page);
        await page.CloseAsync();
    }

    static async Task HoverAsync(IPage page)
    {
        await page.EvaluateAsync("""
            () => {
              window.hovers = [];
              let moved = 0;
              document.addEventListener('pointermove', happened => { moved = happened.timeStamp; }, { capture: true });
              new MutationObserver(() => {
                const from = moved;
                // After the frame that shows it.
                requestAnimationFrame(() => requestAnimationFrame(() => window.hovers.push(performance.now() - from)));
              }).observe(document.querySelector('.grid-info'), { childList: true, characterData: true, subtree: true });
            }
            """);
        var box = (await page.Locator(".grid-scroll").BoundingBoxAsync())!;
        for (var i = 0; i < 100; i++)
        {
            await page.Mouse.MoveAsync(box.X + 300 + (i * 37 % 900), box.Y + 80 + (i * 53 % (box.Height - 120)));
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");
        }

        var hovers = await page.EvaluateAsync<double[]>("window.hovers");
        Figure.Print("… from moving the pointer to the frame that shows what is under it, 95 of 100", Figure.Percentile(hovers, 0.95), "ms", "<= 50");
    }

    static string Definition()
    {
        var text = new StringBuilder("{\"StartAt\":\"State 0\",\"States\":{");
        for (var i = 0; i < States; i++) text.Append(i == 0 ? "" : ",").Append($"\"State {i}\":{{\"Type\":\"Pass\",").Append(i + 1 < States ? $"\"Next\":\"State {i + 1}\"}}" : "\"End\":true}");
        return text.Append("}}").ToString();
    }
}
