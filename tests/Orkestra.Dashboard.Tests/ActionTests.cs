using System.Text.Json;
using Microsoft.Playwright;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>Reruns from a chosen state and of many runs, skipping a wait, and workers of activities.</summary>
[Collection(BrowserTests.Name)]
public sealed class ActionTests(Browser browser)
{
    const string Parcel = """{"items":[1,2,3],"weight":120}""";

    [Fact]
    public async Task A_run_begins_again_with_a_chosen_state_after_the_page_said_which_run()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.NotifyFails = true;
        var run = await app.RunAsync("Shipping", Parcel, "first");
        app.Tasks.NotifyFails = false;
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.RunPage(run.Arn) + "?state=Large%3F");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rerun from here…" }).ClickAsync();
        var lists = page.Locator("[data-part=from] .again dd");
        await Expect(lists.First).ToHaveTextAsync("Large?Book truckNotifyDoneas the ways between them lead");
        await Expect(lists.Nth(1)).ToHaveTextAsync("Read orderPreparePrint labelPack itemsPack");
        // Another state, chosen here.
        await page.Locator("[data-part=from] select").SelectOptionAsync("Notify");
        await Expect(lists.First).ToHaveTextAsync("NotifyDoneas the ways between them lead");
        await Expect(page.GetByLabel("Input of Notify, JSON")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("\"weight\": 120"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start Shipping from Notify with this input" }).ClickAsync();
        await Expect(page.GetByText("Shipping was started from Notify as first-rerun-1.")).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.Locator(".lane")).ToHaveCountAsync(2);
        await Expect(page.GetByText("rerun of").GetByRole(AriaRole.Link, new() { Name = "first" })).ToBeVisibleAsync();
        errors.Check();
    }

    [Fact]
    public async Task A_state_that_the_run_did_not_come_to_cannot_be_begun_with()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "light");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn) + "/rerun");
        (await page.Locator("[data-part=from] select").Locator("option").AllTextContentsAsync()).ShouldBe(["Choose a state", "Read order", "Prepare", "Large?", "Notify", "Done"]);
        using var client = new HttpClient();
        using var answer = await client.PostAsync(app.RunPage(run.Arn) + "/rerun", new FormUrlEncodedContent([KeyValuePair.Create("from", "Nowhere"), KeyValuePair.Create("json", "{}")]));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The state machine has no state &#x27;Nowhere&#x27; at its outermost level.");
    }

    [Fact]
    public async Task The_failed_runs_of_a_filter_are_rerun_together_and_each_is_reported()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.NotifyFails = true;
        for (var i = 0; i < 3; i++) await app.RunAsync("Shipping", Parcel, $"bad-{i}");
        await app.RunAsync("PlaceOrder", """{"number":"A-1","quantity":0,"price":2.5}""", "another-workflow");
        app.Tasks.NotifyFails = false;
        await app.RunAsync("Shipping", Parcel, "good");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("runs?workflow=Shipping"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Rerun the failed ones…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Rerun 3 runs" })).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        // One is rerun by someone else meanwhile.
        var taken = await app.Runtime.RedriveAsync("arn:aws:states:us-east-1:000000000000:execution:Shipping:bad-1");
        await taken.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        await page.GetByRole(AriaRole.Button, new() { Name = "Rerun 3 runs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "2 of 2 runs rerun" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Goes on where it failed")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "bad-0" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await page.GotoAsync(app.Page("runs?status=failed"));
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("another-workflow");
    }

    [Fact]
    public async Task Many_runs_are_started_anew_and_what_is_refused_says_why()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.NotifyFails = true;
        await app.RunAsync("Shipping", Parcel, "bad");
        await app.RunAsync("PlaceOrder", """{"number":"A-1","quantity":0,"price":2.5}""", "gone");
        app.Tasks.NotifyFails = false;
        app.Runtime.StateMachines.Remove(app.Runtime.StateMachines.Find("PlaceOrder")!.Arn);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("runs/rerun"));
        await page.GetByLabel("All of each, as new runs").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rerun 2 runs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1 of 2 runs rerun" })).ToBeVisibleAsync();
        await Expect(page.Locator("tr", new() { HasText = "gone" })).ToContainTextAsync("Refused: The workflow of this run is not registered any more.");
        await page.GetByRole(AriaRole.Link, new() { Name = "bad" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "bad-rerun-1" })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task A_wait_of_days_is_skipped_after_a_question()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Loop", """{"left":2}""", "turns", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip the wait…" }).ClickAsync();
        await Expect(page.GetByText("in 29 d 23 h").Or(page.GetByText("in 30 d 0 h"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep waiting" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Running");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip the wait…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip to " }).ClickAsync();
        await Expect(page.GetByText("The run was moved on to ")).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skip the wait…" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Activities_show_the_tasks_and_workers_that_wait()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Activities" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No activity" })).ToBeVisibleAsync();
        app.Runtime.Activities.Create(Definitions.PackingActivity);
        var run = await app.RunAsync("Packing", """{"order":"A-1"}""", "packing-1", waits: false);
        var row = page.Locator("tbody tr");
        await Expect(row).ToContainTextAsync("packing-1");
        (await row.Locator(".num").AllTextContentsAsync()).ShouldBe(["1", "0"]);
        using var client = new HttpClient();
        var json = JsonDocument.Parse(await client.GetStringAsync(app.Page("api/v1/activities"))).RootElement.GetProperty("activities")[0];
        (json.GetProperty("waitingTasks").GetInt32(), json.GetProperty("oldestRun").GetString()).ShouldBe((1, run.Arn));
        var task = await app.Runtime.Activities.GetTaskAsync(Definitions.PackingActivity);
        await Expect(row.Locator(".num").First).ToHaveTextAsync("0");
        await app.Runtime.SendTaskSuccessAsync(task.TaskToken, JsonValue.Parse("{}"));
        await run.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        using var gone = new CancellationTokenSource();
        var waiting = app.Runtime.Activities.GetTaskAsync(Definitions.PackingActivity, "worker", gone.Token);
        await page.ReloadAsync();
        await Expect(row.Locator(".num").Nth(1)).ToHaveTextAsync("1");
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }
}
