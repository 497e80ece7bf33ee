using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>What steps log, beside the attempt that logged it and over a whole run.</summary>
[Collection(BrowserTests.Name)]
public sealed class LogTests(Browser browser) : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-logs").FullName;

    public void Dispose()
    {
        Delivery.Door = null;
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_state_shows_the_lines_of_each_attempt_as_text_with_links()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Delivery", "5", "parcel");
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.RunPage(run.Arn) + "?state=Weigh");
        var log = page.GetByLabel("Log of attempt 1", new() { Exact = true });
        await Expect(log.Locator(".log-line")).ToHaveCountAsync(3);
        await Expect(log).ToContainTextAsync("Weighs 5 kg");
        await Expect(log).ToContainTextAsync("Depot.Scale");
        (await log.InnerTextAsync()).ShouldContain("javascript:alert(1)\n  second line");
        (await log.InnerTextAsync()).ShouldContain("<script>window.hacked = 1</script> \\u202Ereversed");
        (await log.GetByRole(AriaRole.Link).CountAsync()).ShouldBe(1);
        (await log.GetByRole(AriaRole.Link).GetAttributeAsync("href")).ShouldBe("https://example.com/scales?a=1&b=2");
        (await log.GetByRole(AriaRole.Link).GetAttributeAsync("rel")).ShouldBe("noopener noreferrer");
        (await page.EvaluateAsync<bool>("window.hacked === undefined")).ShouldBeTrue();
        await page.Locator(".lane", new() { HasText = "Send" }).ClickAsync();
        await Expect(page.GetByLabel("Log of attempt 1", new() { Exact = true })).ToContainTextAsync("System.TimeoutException: The carrier did not answer");
        await Expect(page.GetByLabel("Log of attempt 2", new() { Exact = true })).ToContainTextAsync("Sent at the second attempt");
        errors.Check();
    }

    [Fact]
    public async Task Lines_are_copied()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Delivery", "5", "parcel");
        var page = await browser.NewPageAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(app.RunPage(run.Arn) + "?state=Weigh");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the log of attempt 1" }).ClickAsync();
        await Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldContain("javascript:alert(1)\n  second line");
    }

    [Fact]
    public async Task The_lines_of_a_run_are_searched_and_the_search_stays_in_the_address()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Delivery", "5", "parcel");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await page.GetByRole(AriaRole.Link, new() { Name = "Logs", Exact = true }).ClickAsync();
        var lines = page.Locator(".log-line");
        await Expect(lines).ToHaveCountAsync(7);
        await page.GetByLabel("Level").SelectOptionAsync("error");
        await Expect(lines).ToHaveCountAsync(1);
        await Expect(lines).ToContainTextAsync("The carrier failed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(lines).ToHaveCountAsync(7);
        await page.GetByLabel("Text").FillAsync("DOOR");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(lines).ToHaveCountAsync(2);
        await Expect(page).ToHaveURLAsync(new Regex("text=DOOR"));
        await page.ReloadAsync();
        await Expect(lines).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Arrive" }).First.ClickAsync();
        await Expect(page.Locator("#drawer-title")).ToHaveTextAsync("Arrive");
        await page.GoBackAsync();
        await Expect(page.Locator("#drawer-title")).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Text")).ToHaveValueAsync("DOOR");
        await page.GetByLabel("Text").FillAsync("nothing of it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No line matches" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Lines_appear_while_the_step_works_without_a_refresh()
    {
        await using var app = await DashboardApp.StartAsync();
        Delivery.Door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = await app.RunAsync("Delivery", "5", "parcel", waits: false);
        var tab = await browser.NewPageAsync();
        var drawer = await browser.NewPageAsync();
        await tab.GotoAsync(app.RunPage(run.Arn) + "/logs");
        await Expect(tab.GetByText("Waits for the door")).ToBeVisibleAsync();
        await drawer.GotoAsync(app.RunPage(run.Arn) + "?state=Arrive");
        await Expect(drawer.GetByLabel("Log of attempt 1", new() { Exact = true }).GetByText("Waits for the door")).ToBeVisibleAsync();
        await Expect(drawer.Locator(".head .status")).ToHaveTextAsync("Running");
        Delivery.Door.SetResult();
        await Expect(tab.GetByText("The door is open")).ToBeVisibleAsync();
        await Expect(drawer.GetByLabel("Log of attempt 1", new() { Exact = true }).GetByText("The door is open")).ToBeVisibleAsync();
        await Expect(drawer.Locator(".head .status")).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task Lines_are_JSON_too_and_outlive_the_program_in_a_file()
    {
        var file = Path.Combine(folder, "executions.db");
        string arn;
        await using (var store = new SqliteExecutionStore(file))
        {
            await using var app = await DashboardApp.StartAsync(store: store);
            arn = (await app.RunAsync("Delivery", "5", "parcel")).Arn;
            await LinesAsync(app, arn, "");
        }

        await using (var store = new SqliteExecutionStore(file))
        {
            await using var app = await DashboardApp.StartAsync(store: store);
            var lines = await LinesAsync(app, arn, "");
            lines.Count.ShouldBe(7);
            lines[0].GetProperty("message").GetString().ShouldBe("Weighs 5 kg");
            lines[4].GetProperty("attempt").GetInt32().ShouldBe(2);
            (await LinesAsync(app, arn, "?level=error")).Single().GetProperty("exception").GetString()!.ShouldStartWith("System.TimeoutException");
            (await LinesAsync(app, arn, $"?after={lines[4].GetProperty("number").GetInt64()}")).Count.ShouldBe(2);
            (await LinesAsync(app, arn, "?state=Arrive&text=open")).Count.ShouldBe(1);
            using var client = new HttpClient();
            (await client.GetAsync(app.Page($"api/v1/runs/{arn}/logs?level=loud"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
            (await client.GetAsync(app.Page("api/v1/runs/nothing/logs"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }
    }

    static async Task<IReadOnlyList<JsonElement>> LinesAsync(DashboardApp app, string arn, string query)
    {
        using var client = new HttpClient();
        return [.. JsonDocument.Parse(await client.GetStringAsync(app.Page($"api/v1/runs/{arn}/logs{query}"))).RootElement.GetProperty("lines").EnumerateArray()];
    }
}
