using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>What a person does with schedules and backfills.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScheduleScreenTests(Browser browser)
{
    [Fact]
    public async Task A_schedule_is_paused_and_resumed()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var schedules = app.Services.GetRequiredService<WorkflowSchedules>();
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.Address);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Schedules" }).ClickAsync();
        var row = page.Locator("tr", new() { HasText = "starts DailyReport" });
        await Expect(row).ToContainTextAsync("Fri 2030-03-29 02:30:00 +01:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause reports" }).ClickAsync();
        await Expect(page.GetByText("reports is paused.")).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Paused");
        (await schedules.FindAsync("reports"))!.IsPaused.ShouldBeTrue();
        await page.GetByRole(AriaRole.Link, new() { Name = "Schedules" }).First.ClickAsync();
        await Expect(row).ToContainTextAsync("Paused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume reports" }).ClickAsync();
        await Expect(page.GetByText("reports goes on with its next fire time.")).ToBeVisibleAsync();
        (await schedules.FindAsync("reports"))!.IsPaused.ShouldBeFalse();
        errors.Check();
    }

    [Fact]
    public async Task A_page_follows_what_another_one_pauses()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("schedules/reports"));
        await page.Locator("html[data-connected=true]").WaitForAsync();
        await app.Services.GetRequiredService<WorkflowSchedules>().PauseAsync("reports");
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Paused");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Run_now_asks_once_and_leads_to_the_run()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("schedules/reports"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start DailyReport now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^reports-now-") })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByLabel("Output of the run")).ToContainTextAsync("Report of ");
        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldHaveSingleItem().Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task Fire_times_say_what_daylight_saving_time_does_and_the_home_page_says_what_is_next()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("schedules/reports"));
        await Expect(page.Locator("[data-part=times] tbody tr")).ToHaveCountAsync(11);
        await Expect(page.Locator("tr[data-change=skipped]")).ToContainTextAsync("This time does not exist; nothing runs");
        await Expect(page.Locator("tr[data-change=skipped]")).ToContainTextAsync("2030-03-31 02:30:00");
        await Expect(page.Locator("tr[data-change=forward]")).ToContainTextAsync("Mon 2030-04-01 02:30:00 +02:00");
        await Expect(page.Locator("tr[data-change=forward]")).ToContainTextAsync("2030-04-01 00:30:00");
        await page.GotoAsync(app.Address);
        await Expect(page.Locator("tr", new() { HasText = "PlaceOrder" })).ToContainTextAsync("Next run in 29 d 23 h");
        await Expect(page.Locator("tr", new() { HasText = "Shipping" })).Not.ToContainTextAsync("Next run");
    }

    [Fact]
    public async Task A_backfill_is_tried_dry_and_then_run_and_what_failed_is_run_again()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var desk = app.Services.GetRequiredService<ReportDesk>();
        desk.Broken = new HashSet<DateOnly> { new(2026, 3, 2) };
        await app.RunAsync("DailyReport", """{"day":"2026-03-01"}""", "DailyReport-2026-03-01");
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.Page("backfills"));
        await Expect(page.GetByText("No backfill yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Backfill DailyReport…" }).ClickAsync();
        await page.GetByLabel("First day").FillAsync("2026-03-04");
        await page.GetByLabel("Last day").FillAsync("2026-03-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The last day is before the first one.");

        await page.GetByLabel("First day").FillAsync("2026-03-01");
        await page.GetByLabel("Last day").FillAsync("2026-03-04");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(page.GetByText("3 runs would start, 0 of them reruns. 1 key is left alone.")).ToBeVisibleAsync();
        await Expect(Row("2026-03-01")).ToContainTextAsync("Left alone");
        await Expect(Row("2026-03-01").GetByRole(AriaRole.Link, new() { Name = "DailyReport-2026-03-01" })).ToBeVisibleAsync();
        await Expect(Row("2026-03-04")).ToContainTextAsync("Starts DailyReport-2026-03-04");
        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(1, "A dry run starts nothing.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start 3 runs of DailyReport" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Completed");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3 of 3 done" })).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("2026-03-02");
        await Expect(page.Locator("tbody tr").First.Locator(".status")).ToHaveTextAsync("Failed");
        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(4);

        desk.Broken = new HashSet<DateOnly>();
        await page.GotoAsync(app.Page("backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-04"));
        await Expect(page.GetByText("0 runs would start")).ToBeVisibleAsync();
        await page.Locator("select[name=policy]").SelectOptionAsync("MissingAndFailed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(Row("2026-03-02")).ToContainTextAsync("Reruns as DailyReport-2026-03-02-rerun-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start 1 run of DailyReport" }).ClickAsync();
        await Expect(page.GetByText("1 rerun", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Completed");
        var rerun = (await app.Runtime.QueryAsync(new ExecutionQuery { NamePrefix = "DailyReport-2026-03-02-rerun" })).Executions.ShouldHaveSingleItem();
        rerun.Input.ShouldBe(JsonObject.Create(("day", "2026-03-02")));
        errors.Check();

        ILocator Row(string key) => page.Locator("tr", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = key }) });
    }

    [Fact]
    public async Task A_backfill_is_followed_live_paused_resumed_and_cancelled()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var desk = app.Services.GetRequiredService<ReportDesk>();
        var first = desk.Wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-09&concurrency=2"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start 9 runs of DailyReport" }).ClickAsync();
        await Expect(page.GetByText("2 running", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Paused");
        await page.Locator("html[data-connected=true]").WaitForAsync();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Wait = second;
        first.SetResult();
        // Without a reload.
        await Expect(page.GetByText("2 succeeded", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("0 running", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByText("2 running", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the backfill" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Cancelled");
        await Expect(page.GetByText("5 cancelled", new() { Exact = true })).ToBeVisibleAsync();
        await page.Locator("html[data-connected=true]").WaitForAsync();
        second.SetResult();
        await Expect(page.GetByText("4 succeeded", new() { Exact = true })).ToBeVisibleAsync();
        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_backfill_goes_on_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-");
        try
        {
            var path = Path.Combine(folder.FullName, "store.db");
            var page = await browser.NewPageAsync();
            int port;
            string at;
            using (var store = new SqliteExecutionStore(path))
            {
                await using var app = await DashboardApp.StartAsync(store: store, orkestra: Reports.Add);
                app.Services.GetRequiredService<ReportDesk>().Wait = new TaskCompletionSource();
                port = new Uri(app.Address).Port;
                await page.GotoAsync(app.Page("backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-06"));
                await page.GetByRole(AriaRole.Button, new() { Name = "Start 6 runs of DailyReport" }).ClickAsync();
                await Expect(page.GetByText("4 running", new() { Exact = true })).ToBeVisibleAsync();
                at = page.Url;
            }

            using (var store = new SqliteExecutionStore(path))
            {
                await using var app = await DashboardApp.StartAsync(store: store, orkestra: Reports.Add, port: port);
                // The page finds the server again by itself.
                await Expect(page.Locator(".head .status")).ToHaveTextAsync("Completed", new() { Timeout = 60_000 });
                await Expect(page.GetByText("6 succeeded", new() { Exact = true })).ToBeVisibleAsync();
                page.Url.ShouldBe(at);
                (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(6);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Keys_are_shown_as_text_and_the_dry_run_that_is_seen_is_the_one_that_runs()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.Page("backfills/new?workflow=PlaceOrder&keys=one"));
        await Expect(page.GetByText("1 run would start")).ToBeVisibleAsync();
        await page.GetByLabel("Keys, separated by commas or lines").FillAsync("two\n<script>alert(1)</script>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await Expect(page.GetByText("2 runs would start")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "<script>alert(1)</script>" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start 2 runs of PlaceOrder" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Completed");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "<script>alert(1)</script>" })).ToBeVisibleAsync();
        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldNotContain(run => run.Name == "PlaceOrder-one");
        errors.Check();
    }

    [Fact]
    public async Task Nothing_is_changed_in_a_read_only_dashboard()
    {
        await using var app = await DashboardApp.StartAsync(options => options.IsReadOnly = true, orkestra: Reports.Add);
        using var client = new HttpClient();
        foreach (var address in (string[])["schedules/reports/pause", "schedules/reports/resume", "schedules/reports/run", "backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-02"])
        {
            using var content = new FormUrlEncodedContent([]);
            (await client.PostAsync(app.Page(address), content)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await app.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldBeEmpty();
        (await app.Services.GetRequiredService<WorkflowSchedules>().FindAsync("reports"))!.IsPaused.ShouldBeFalse();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("schedules"));
        await Expect(page.GetByText("starts DailyReport")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.GotoAsync(app.Page("backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-02"));
        await Expect(page.GetByText("2 runs would start")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_program_without_schedules_says_how_to_add_one()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("schedules"));
        await Expect(page.GetByText("No schedule yet")).ToBeVisibleAsync();
        await page.GotoAsync(app.Page("backfills"));
        await Expect(page.GetByText("No backfill yet")).ToBeVisibleAsync();
        await page.GotoAsync(app.Page("backfills/new?workflow=PlaceOrder"));
        await Expect(page.GetByText("The workflow PlaceOrder has no partition keys")).ToBeVisibleAsync();
        await page.GotoAsync(app.Page("schedules/none"));
        await Expect(page.GetByText("The program has no schedule none.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Everything_is_json_too()
    {
        await using var app = await DashboardApp.StartAsync(orkestra: Reports.Add);
        var screens = await Reports.ScreensAsync(app);
        using var client = new HttpClient();
        var schedules = (await JsonAsync("schedules")).GetProperty("schedules");
        schedules.GetArrayLength().ShouldBe(2);
        (await JsonAsync("workflows/DailyReport")).GetProperty("nextRun").GetString().ShouldBe("2030-03-29T01:30:00.000Z");
        (await JsonAsync("workflows")).GetProperty("workflows").EnumerateArray().Count(workflow => workflow.TryGetProperty("nextRun", out _)).ShouldBe(2);
        var schedule = await JsonAsync("schedules/reports");
        schedule.GetProperty("expression").GetString().ShouldBe("cron(30 2 * * ? *)");
        schedule.GetProperty("next").GetString().ShouldBe("2030-03-29T01:30:00.000Z");
        schedule.GetProperty("fireTimes")[2].GetProperty("clockChange").GetString().ShouldBe("skipped");
        var backfill = await JsonAsync(screens.Single(screen => screen.Name == "backfill").Path);
        (backfill.GetProperty("runs").GetInt32(), backfill.GetProperty("failed").GetInt32(), backfill.GetProperty("status").GetString()).ShouldBe((9, 1, "completed"));
        backfill.GetProperty("keys")[2].GetProperty("status").GetString().ShouldBe("failed");
        (await JsonAsync("backfills")).GetProperty("backfills").GetArrayLength().ShouldBe(1);
        var plan = await JsonAsync("backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-12&policy=missingAndFailed");
        (plan.GetProperty("runs").GetInt32(), plan.GetProperty("reruns").GetInt32()).ShouldBe((4, 1));
        (await client.GetAsync(app.Page("api/v1/backfills/new?workflow=DailyReport&from=x&to=y"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync(app.Page("api/v1/backfills/none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync(app.Page("api/v1/schedules/none"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await client.GetStringAsync(app.Page($"api/v1/{path}"))).RootElement;
    }
}
