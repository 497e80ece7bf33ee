using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Local;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>What a person does on each screen.</summary>
[Collection(BrowserTests.Name)]
public sealed class ScreenTests(Browser browser)
{
    const string Parcel = """{"items":[1,2,3],"weight":120}""";

    [Fact]
    public async Task A_failed_cell_leads_to_the_error_and_a_rerun_turns_green()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.NotifyFails = true;
        await app.RunAsync("Shipping", Parcel, "first");
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Shipping", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Gridcell, new() { Name = "Notify in first: Failed" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Complementary);
        await Expect(drawer.GetByText("The mail server refused the address")).ToBeVisibleAsync();
        await Expect(drawer.GetByText("at Mail.Send(String to) in Mail.cs:line 42")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Rerun…" }).ClickAsync();
        await Expect(page.Locator(".again dd").First).ToContainTextAsync("Notify");
        await Expect(page.Locator(".again dd").Nth(1)).ToContainTextAsync("Print label");
        app.Tasks.NotifyFails = false;
        await page.GetByRole(AriaRole.Button, new() { Name = "Rerun from Notify" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByText("The run goes on where it failed.")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-state=Notify]")).ToHaveClassAsync(new Regex("is-succeeded"));
        errors.Check();
    }

    [Fact]
    public async Task A_run_is_started_again_with_an_edited_input_and_says_what_it_came_from()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("PlaceOrder", """{"number":"A-1","quantity":0,"price":2.5}""", "order");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.GetByText("Order A-1 has no pieces").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Rerun…" }).ClickAsync();
        var input = page.GetByLabel("Input, JSON");
        await input.FillAsync("""{"number":"A-1","quantity":""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start PlaceOrder with this input" }).ClickAsync();
        await Expect(page.GetByText("Not valid JSON")).ToBeVisibleAsync();
        await input.FillAsync("""{"number":"A-1","quantity":4,"price":2.5}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start PlaceOrder with this input" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "order-rerun-1" })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByLabel("Output of the run")).ToContainTextAsync("\"total\": 10");
        await page.GetByText("rerun of").GetByRole(AriaRole.Link, new() { Name = "order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "order", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_form_is_made_of_the_input_type_and_refuses_what_does_not_fit()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Start PlaceOrder" }).ClickAsync();
        await Expect(page.GetByText("How many pieces; at least 1")).ToBeVisibleAsync();
        await page.GetByLabel("number required").FillAsync("B-7");
        await page.GetByLabel("quantity required").FillAsync("many");
        await page.GetByLabel("price required").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start PlaceOrder" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("quantity");
        await page.GetByLabel("number required").FillAsync("B-7");
        await page.GetByLabel("quantity required").FillAsync("2");
        await page.GetByLabel("price required").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start PlaceOrder" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByLabel("Output of the run")).ToContainTextAsync("\"total\": 6");
        await page.GotoAsync(app.Page("workflows/PlaceOrder/start"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Last inputs" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_callback_is_approved_and_the_run_ends()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Approval", """{"amount":500}""", "budget", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Callbacks" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the callback of Ask manager in budget" }).ClickAsync();
        await Expect(page.GetByLabel("Arguments of the task")).ToContainTextAsync("500");
        await page.GetByLabel("Result, JSON").FillAsync("""{"approved":true}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete Ask manager with this result" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        (await run.Completion.WaitAsync(TimeSpan.FromSeconds(30))).IsSuccess.ShouldBeTrue();
        await page.GetByRole(AriaRole.Link, new() { Name = "Callbacks" }).ClickAsync();
        await Expect(page.GetByText("Nothing waits for an answer")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_callback_of_a_workflow_has_a_form_of_its_reply_which_refuses_what_does_not_fit()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Purchase", "1200", "printer", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("callbacks"));
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Ask" }).GetByRole(AriaRole.Cell).Nth(4)).ToContainTextAsync("every 1 d");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the callback of AskManager in printer" }).ClickAsync();
        await Expect(page.Locator(".head .facts")).ToContainTextAsync("a heartbeat every 1 d");
        await Expect(page.GetByText("What to do with the request")).ToBeVisibleAsync();
        await page.Locator("[name=\"field:verdict\"]").SelectOptionAsync("Rejected");
        await page.Locator("[name=\"field:limit\"]").FillAsync("many");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete AskManager with this result" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("limit must be an integer.");
        await Expect(page.Locator("[name=\"field:limit\"]")).ToHaveValueAsync("many");
        await Expect(page.Locator("[name=\"field:verdict\"]")).ToHaveValueAsync("Rejected");
        run.Status.ShouldBe(ExecutionStatus.Running);
        await page.GetByRole(AriaRole.Radio, new() { Name = "JSON" }).CheckAsync();
        await page.Locator("textarea[name=json]").FillAsync("""{"verdict":"Approved","limit":900,"reson":"typo"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete AskManager with this result" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("reason");
        run.Status.ShouldBe(ExecutionStatus.Running);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Form" }).CheckAsync();
        await page.Locator("[name=\"field:verdict\"]").SelectOptionAsync("Approved");
        await page.Locator("[name=\"field:limit\"]").FillAsync("900");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete AskManager with this result" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        (await run.Completion.WaitAsync(TimeSpan.FromSeconds(30))).Output.ShouldBe((JsonValue)"Approved up to 900: no reason");
    }

    [Fact]
    public async Task A_run_shows_the_tags_of_its_state_machine()
    {
        await using var app = await DashboardApp.StartAsync();
        var service = app.Services.GetRequiredService<StepFunctionsService>();
        var created = await service.CallAsync("CreateStateMachine", (JsonObject)JsonValue.Parse($$"""
            {"name":"Tagged","roleArn":"arn:aws:iam::123456789012:role/any","definition":{{((JsonValue)Definitions.Loop).ToJson()}},"tags":[{"key":"team","value":"<billing>"}]}
            """), TestContext.Current.CancellationToken);
        var run = await app.RunAsync(((JsonString)created["stateMachineArn"]!).Value, """{"left":0}""", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.Locator(".head .facts")).ToContainTextAsync("tag team=<billing>");
    }

    [Fact]
    public async Task A_callback_is_failed()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Approval", """{"amount":500}""", "budget", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("callbacks"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the callback of Ask manager in budget" }).ClickAsync();
        await page.GetByLabel("Error").FillAsync("TooMuch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fail Ask manager with this error" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Failed");
        (await run.Completion.WaitAsync(TimeSpan.FromSeconds(30))).Error.ShouldBe("TooMuch");
    }

    [Fact]
    public async Task Graph_timeline_events_and_drawer_agree_on_the_selected_state_and_back_goes_back()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.Busy = 1;
        var run = await app.RunAsync("Shipping", Parcel, "parcel");
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.RunPage(run.Arn));
        await page.Locator("[data-state='Book truck'] a").ClickAsync();
        var title = page.Locator("#drawer-title");
        await Expect(title).ToHaveTextAsync("Book truck");
        await Expect(page.Locator(".drawer .status").First).ToHaveTextAsync("Error caught");
        await Expect(page.Locator("[data-state='Book truck']")).ToHaveClassAsync(new Regex("is-selected"));
        await Expect(page.Locator(".lane.is-selected")).ToContainTextAsync("Book truck");
        (await page.Locator(".events tr.is-selected").CountAsync()).ShouldBeGreaterThan(2);
        await page.Locator(".lane", new() { HasText = "Print label" }).ClickAsync();
        await Expect(title).ToHaveTextAsync("Print label");
        await Expect(page.Locator(".drawer .compact tbody tr")).ToHaveCountAsync(2);
        await page.GoBackAsync();
        await Expect(title).ToHaveTextAsync("Book truck");
        await page.GoForwardAsync();
        await Expect(title).ToHaveTextAsync("Print label");
        await page.Keyboard.PressAsync("Escape");
        await Expect(title).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "parcel" })).ToBeVisibleAsync();
        errors.Check();
    }

    [Fact]
    public async Task A_run_shows_what_happens_without_a_refresh()
    {
        await using var app = await DashboardApp.StartAsync();
        app.Tasks.Notify = new TaskCompletionSource();
        var run = await app.RunAsync("Shipping", Parcel, "live", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.Locator("html[data-connected]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-state=Notify]")).ToHaveClassAsync(new Regex("is-running"));
        await page.EvaluateAsync("window.mark = 'same page'");
        app.Tasks.Notify.SetResult();
        await Expect(page.Locator("[data-state=Notify]")).ToHaveClassAsync(new Regex("is-succeeded"));
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        (await page.EvaluateAsync<string>("window.mark")).ShouldBe("same page");
    }

    [Fact]
    public async Task New_runs_arrive_on_the_home_page_and_in_the_grid()
    {
        await using var app = await DashboardApp.StartAsync();
        var home = await browser.NewPageAsync();
        var grid = await browser.NewPageAsync();
        await home.GotoAsync(app.Address);
        await grid.GotoAsync(app.Page("workflows/PlaceOrder"));
        await Expect(grid.GetByText("No run yet")).ToBeVisibleAsync();
        await Expect(home.Locator("html[data-connected]")).ToHaveCountAsync(1);
        await Expect(grid.Locator("html[data-connected]")).ToHaveCountAsync(1);
        await app.RunAsync("PlaceOrder", """{"number":"A-1","quantity":1,"price":1}""", "arrives");
        await Expect(home.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("arrives: Succeeded") })).ToHaveCountAsync(1);
        await Expect(grid.GetByRole(AriaRole.Gridcell, new() { Name = "Charge in arrives: Succeeded" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_is_stopped_after_a_question()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Approval", """{"amount":1}""", "waiting", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it running" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop waiting" }).ClickAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Aborted");
    }

    [Fact]
    public async Task Filters_stay_in_the_address_and_text_is_found()
    {
        await using var app = await DashboardApp.StartAsync();
        await app.RunAsync("PlaceOrder", """{"number":"needle","quantity":1,"price":1}""", "one");
        await app.RunAsync("PlaceOrder", """{"number":"hay","quantity":0,"price":1}""", "two");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("runs"));
        await page.GetByLabel("Status").SelectOptionAsync("failed");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("status=failed"));
        await page.ReloadAsync();
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("two");
        await page.GoBackAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByLabel("Text in input, output or error").FillAsync("needle");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("one");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        await page.GetByPlaceholder("Find a run by its name").FillAsync("tw");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("two");
    }

    [Fact]
    public async Task Two_runs_are_compared()
    {
        await using var app = await DashboardApp.StartAsync();
        // Runs that start in the same millisecond are ordered by their names.
        await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "1-light");
        var heavy = await app.RunAsync("Shipping", """{"items":[1],"weight":200}""", "2-heavy");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(heavy.Arn));
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare with the run before" }).ClickAsync();
        await Expect(page.GetByLabel("Difference of the inputs").Locator(".removed")).ToContainTextAsync("\"weight\": 1");
        await Expect(page.GetByLabel("Difference of the inputs").Locator(".added")).ToContainTextAsync("\"weight\": 200");
        await Expect(page.Locator("tr", new() { HasText = "Book truck" })).ToContainTextAsync("Not visited");
    }

    [Fact]
    public async Task The_grid_is_used_with_the_keyboard_alone()
    {
        await using var app = await DashboardApp.StartAsync();
        await app.RunAsync("Shipping", Parcel, "a");
        await app.RunAsync("Shipping", Parcel, "b");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("workflows/Shipping"));
        await Expect(page.GetByRole(AriaRole.Gridcell).First).ToBeVisibleAsync();
        for (var i = 0; i < 30 && await page.EvaluateAsync<bool>("document.activeElement.getAttribute('role') !== 'grid'"); i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".grid-info")).ToContainTextAsync("Prepare: Succeeded – a, succeeded");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#drawer-title")).ToHaveTextAsync("Prepare");
        await Expect(page).ToHaveURLAsync(new Regex("runs/.*:a\\?state=Prepare"));
    }

    [Fact]
    public async Task A_state_of_a_workflow_shows_the_line_it_was_written_in()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("PlaceOrder", """{"number":"A-1","quantity":1,"price":1}""", "order");
        var step = new PlaceOrder().Compile().StepsByState["AddTotal"];
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn) + "?state=AddTotal");
        await Expect(page.Locator(".source")).ToHaveTextAsync($"Shop.cs:{step.SourceLine}");
        // Where the sources are those of this build, as here unless they were edited since.
        if (File.Exists(step.SourceFile) && File.GetLastWriteTimeUtc(step.SourceFile) <= File.GetLastWriteTimeUtc(typeof(PlaceOrder).Assembly.Location))
            await Expect(page.GetByLabel("Source of the step").Locator(".here")).ToContainTextAsync("AddTotal = new(order => new PricedOrder(");
        var other = await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "parcel");
        await page.GotoAsync(app.RunPage(other.Arn) + "?state=Notify");
        await Expect(page.Locator("#drawer-title")).ToHaveTextAsync("Notify");
        await Expect(page.Locator(".source")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nested_states_of_the_grid_are_hidden_and_shown()
    {
        await using var app = await DashboardApp.StartAsync();
        await app.RunAsync("Shipping", Parcel, "a");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("workflows/Shipping"));
        await Expect(page.Locator(".grid-row")).ToHaveCountAsync(9);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide the states of Prepare" }).ClickAsync();
        await Expect(page.Locator(".grid-row")).ToHaveCountAsync(6);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the states of Prepare" }).ClickAsync();
        await Expect(page.Locator(".grid-row")).ToHaveCountAsync(9);
    }

    [Fact]
    public async Task A_long_wait_does_not_flatten_the_timeline()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Loop", """{"left":20}""", "turns", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.Locator(".lane", new() { HasText = "Rest" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-state=Turn]")).ToContainTextAsync("20×");
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Running");
    }

    [Fact]
    public async Task The_definition_is_drawn_and_versions_are_compared()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("workflows/Shipping"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Graph" }).ClickAsync();
        await Expect(page.Locator("[data-state='Pack']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.GetByText("current", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Labels_of_a_drawing_fit_their_boxes_with_the_fonts_of_the_browser()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("workflows/Shipping/graph"));
        var wide = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.ork-state > .ork-name, .ork-state > .ork-detail')].filter(text => {
              const box = text.parentElement.querySelector('.ork-box').getBBox(), name = text.getBBox();
              return name.x + name.width > box.x + box.width || name.y + name.height > box.y + box.height;
            }).map(text => text.textContent)
            """);
        wide.ShouldBeEmpty();
        (await page.Locator(".ork-name").CountAsync()).ShouldBe(9);
    }
}
