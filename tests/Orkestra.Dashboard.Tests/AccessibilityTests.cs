using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Orkestra.Dashboard.Tests;

/// <summary>What axe finds on each screen, in both color schemes; and, when asked for, their pictures.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(Browser browser)
{
    /// <summary>Where pictures of the screens are written; without it none are.</summary>
    static readonly string? Pictures = Environment.GetEnvironmentVariable("ORKESTRA_SCREENSHOTS");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_screen_has_a_serious_violation(ColorScheme scheme)
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        List<(string Name, string Path)> screens = [.. await Screens.OfAsync(app), .. await Reports.ScreensAsync(app)];
        var page = await browser.NewPageAsync(scheme);
        var errors = new PageErrors(page);
        var violations = new List<string>();
        foreach (var (name, path) in screens)
        {
            await page.GotoAsync(app.Page(path));
            if (await page.Locator("ork-grid").CountAsync() > 0) await page.GetByRole(AriaRole.Gridcell).First.WaitForAsync();
            if (Pictures is not null) await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}-{scheme.ToString().ToLowerInvariant()}.png") });
            var found = await page.RunAxe(new AxeRunOptions
            {
                ResultTypes = [ResultType.Violations],
                // What the scheme does not change is looked at once.
                RunOnly = scheme == ColorScheme.Dark ? new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } : null,
            });
            violations.AddRange(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation =>
                $"{name}: {violation.Id} {string.Join("; ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))}"));
        }

        violations.ShouldBeEmpty();
        errors.Check();
    }
}

/// <summary>Every screen, with something on it.</summary>
static class Screens
{
    public static async Task<IReadOnlyList<(string Name, string Path)>> OfAsync(DashboardApp app)
    {
        var random = new Random(3);
        for (var i = 0; i < 26; i++)
        {
            app.Tasks.Busy = random.Next(0, 8) == 0 ? 1 : 0;
            app.Tasks.NotifyFails = random.Next(0, 7) == 0;
            await app.RunAsync("Shipping", $$"""{"order":"A-{{1000 + i}}","items":[{"sku":"pen","count":{{i}}},{"sku":"ink","count":1},{"sku":"pad","count":3}],"weight":{{random.Next(40, 160)}}}""", $"parcel-{1000 + i}");
        }

        for (var i = 0; i < 14; i++) await app.RunAsync("PlaceOrder", $$"""{"number":"A-{{i}}","quantity":{{i * 7 % 5}},"price":19.9}""", $"order-{i}");
        var delivered = await app.RunAsync("Delivery", "5", "delivery-1");
        await app.RunAsync("Purchase", "1200", "screens", waits: false);
        var waiting = await app.RunAsync("Approval", """{"amount":1200,"for":"A new printer"}""", "printer", waits: false);
        await app.RunAsync("Approval", """{"amount":80,"for":"Paper"}""", "paper", waits: false);
        await app.RunAsync("Loop", """{"left":4}""", "turns", waits: false);
        app.Tasks.NotifyFails = true;
        app.Tasks.Busy = 2;
        var failed = await app.RunAsync("Shipping", """{"order":"A-2000","items":[{"sku":"pen","count":2},{"sku":"ink","count":1}],"weight":140}""", "parcel-2000");
        app.Tasks.NotifyFails = false;
        var good = await app.RunAsync("Shipping", """{"order":"A-2001","items":[{"sku":"pen","count":9}],"weight":20}""", "parcel-2001");
        app.Runtime.Activities.Create(Definitions.PackingActivity);
        await app.RunAsync("Packing", """{"order":"A-1"}""", "packing-1", waits: false);
        string token;
        using (var client = new HttpClient()) token = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(app.Page("api/v1/callbacks"))).RootElement.GetProperty("callbacks")[0].GetProperty("token").GetString()!;
        return
        [
            ("home", ""), ("grid", "workflows/Shipping"), ("run", $"runs/{good.Arn}"), ("log", $"runs/{delivered.Arn}?state=Send"), ("logs", $"runs/{delivered.Arn}/logs"), ("failed", $"runs/{failed.Arn}?state=Notify"), ("caught", $"runs/{failed.Arn}?state=Book%20truck"), ("waiting", $"runs/{waiting.Arn}?state=Ask%20manager"),
            ("runs", "runs?workflow=Shipping"), ("start", "workflows/PlaceOrder/start"), ("rerun", $"runs/{failed.Arn}/rerun"), ("rerun-from", $"runs/{failed.Arn}/rerun?from=Prepare"), ("rerun-many", "runs/rerun?workflow=Shipping"), ("activities", "activities"), ("callbacks", "callbacks"), ("callback", $"callbacks/{Uri.EscapeDataString(token)}"),
            ("compare", $"compare?left={Uri.EscapeDataString(good.Arn)}&right={Uri.EscapeDataString(failed.Arn)}"), ("graph", "workflows/Shipping/graph"), ("versions", "workflows/Shipping/versions"), ("missing", "runs/nothing"), ("empty", "runs?name=nothing"),
        ];
    }
}
