using Microsoft.Playwright;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>The processor time of a page's main thread, which other programs of the machine do not change.</summary>
sealed class MainThread
{
    readonly ICDPSession session;

    MainThread(ICDPSession session) => this.session = session;

    internal static async Task<MainThread> OfAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        return new MainThread(session);
    }

    /// <summary>Milliseconds until now: all of it, and that of scripts, of styles and of layout.</summary>
    internal async Task<(double All, double Script, double Style, double Layout)> ReadAsync()
    {
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble() * 1000);
        return (metrics["TaskDuration"], metrics["ScriptDuration"], metrics["RecalcStyleDuration"], metrics["LayoutDuration"]);
    }
}
