using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>Pages of what is empty, gone, broken or out of reach.</summary>
[Collection(BrowserTests.Name)]
public sealed class BrokenTests(Browser browser) : IDisposable
{
    static readonly HttpClient Client = new(new HttpClientHandler { AllowAutoRedirect = false });

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-broken").FullName;

    string StorePath => Path.Combine(folder, "executions.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_workflow_that_was_never_run_has_its_pages()
    {
        await using var app = await DashboardApp.StartAsync();
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(app.Address);
        await Expect(page.Locator("tr", new() { HasText = "Shipping" })).ToContainTextAsync("Never run");
        await page.GetByRole(AriaRole.Link, new() { Name = "Shipping", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No run yet")).ToBeVisibleAsync();
        await Expect(page.GetByText("Print label")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Graph" }).ClickAsync();
        await Expect(page.Locator("[data-state='Pack']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await Expect(page.GetByText("current", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All runs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No run matches" })).ToBeVisibleAsync();
        await page.GotoAsync(app.Page("workflows/Shipping/start"));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start Shipping" })).ToBeVisibleAsync();
        errors.Check();
    }

    [Fact]
    public async Task A_new_installation_has_no_blank_page()
    {
        await using var app = await DashboardApp.StartAsync(hasMachines: false);
        foreach (var machine in app.Runtime.StateMachines.All) app.Runtime.StateMachines.Remove(machine.Arn);
        var page = await browser.NewPageAsync();
        foreach (var (path, heading) in ((string, string)[])[("", "No workflow yet"), ("runs", "No run yet"), ("callbacks", "Nothing waits for an answer"), ("activities", "No activity"), ("runs/rerun", "No run to rerun")])
        {
            await page.GotoAsync(app.Page(path));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_run_of_a_workflow_that_is_not_registered_any_more_shows_what_it_did()
    {
        var store = new InMemoryExecutionStore();
        string arn;
        await using (var app = await DashboardApp.StartAsync(store: store)) arn = (await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "old")).Arn;
        await using var later = await DashboardApp.StartAsync(store: store, hasMachines: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(later.RunPage(arn) + "?state=Notify");
        await Expect(page.Locator("[data-state=Notify]")).ToBeVisibleAsync();
        await Expect(page.Locator("#drawer-title")).ToHaveTextAsync("Notify");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rerun…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start Shipping with this input" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The workflow of this run is not registered any more.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Shipping" }).First.ClickAsync();
        await Expect(page.GetByText("No workflow Shipping is registered. Its runs can still be found under Runs.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_whose_definition_is_gone_shows_what_is_known()
    {
        var store = new ForgetfulStore();
        string arn;
        await using (var app = await DashboardApp.StartAsync(store: store)) arn = (await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "old")).Arn;
        store.HasDefinitions = false;
        await using var later = await DashboardApp.StartAsync(store: store, hasMachines: false);
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        await page.GotoAsync(later.Page("runs"));
        await page.GetByRole(AriaRole.Link, new() { Name = "old" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Its states cannot be shown" })).ToBeVisibleAsync();
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.GetByLabel("Input of the run")).ToContainTextAsync("\"weight\": 1");
        errors.Check();
    }

    [Fact]
    public async Task A_store_that_is_only_read_is_shown_and_says_so()
    {
        string arn;
        await using (var store = new SqliteExecutionStore(StorePath))
        {
            await using var app = await DashboardApp.StartAsync(store: store);
            arn = (await app.RunAsync("Delivery", "5", "parcel")).Arn;
            await app.RunAsync("Approval", """{"amount":1}""", "waiting", waits: false);
        }

        var before = File.GetLastWriteTimeUtc(StorePath);
        await using (var store = SqliteExecutionStore.OpenReadOnly(StorePath))
        {
            await using var app = await DashboardApp.StartAsync(store: store, orkestra: orkestra => orkestra.ResumeAtStart = false);
            var page = await browser.NewPageAsync();
            var errors = new PageErrors(page);
            await page.GotoAsync(app.Address);
            await Expect(page.GetByText("was opened to be read only. What is shown is what was stored")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Delivery", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Gridcell, new() { Name = "Weigh in parcel: Succeeded" }).ClickAsync();
            await Expect(page.GetByText("Weighs 5 kg")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-part=store]")).ToBeVisibleAsync();
            await page.GotoAsync(app.Page("workflows/Delivery/start"));
            await page.Locator("textarea[name=json]").FillAsync("5");
            await page.GetByRole(AriaRole.Button, new() { Name = "Start Delivery" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The store does not answer" })).ToBeVisibleAsync();
            await Expect(page.GetByText("Nothing was changed.")).ToBeVisibleAsync();
            (await Client.PostAsync(app.RunPage(arn.Replace("Delivery:parcel", "Approval:waiting", StringComparison.Ordinal)) + "/stop", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            errors.Check();
        }

        File.GetLastWriteTimeUtc(StorePath).ShouldBe(before);
    }

    [Fact]
    public async Task While_the_file_cannot_be_written_pages_say_so_and_no_longer_than_that()
    {
        await using var store = new SqliteExecutionStore(StorePath);
        await using var app = await DashboardApp.StartAsync(store: store, orkestra: orkestra => orkestra.Options.StoreRetries = 0);
        await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "before");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Address);
        await Expect(page.Locator("[data-part=store]")).ToHaveCountAsync(0);
        using (var other = new SqliteConnection($"Data Source={StorePath};Pooling=False"))
        {
            // Another program keeps the file to itself.
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            (await Client.PostAsync(app.Page("workflows/Shipping/start"), new FormUrlEncodedContent([KeyValuePair.Create("json", "{}"), KeyValuePair.Create("mode", "json")]))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await page.ReloadAsync();
            await Expect(page.Locator("[data-part=store]")).ToContainTextAsync("locked");
            await page.GetByRole(AriaRole.Link, new() { Name = "before: Succeeded" }).ClickAsync();
            await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        }

        await app.RunAsync("Shipping", """{"items":[1],"weight":1}""", "after");
        await page.GotoAsync(app.Address);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "after: Succeeded" })).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-part=store]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_nothing_of_the_time_between_is_missed()
    {
        var store = new InMemoryExecutionStore();
        var app = await DashboardApp.StartAsync(store: store);
        var port = new Uri(app.Address).Port;
        var run = await app.RunAsync("Approval", """{"amount":1}""", "waiting", waits: false);
        using var client = new HttpClient();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.Locator("html[data-connected]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Running");
        await page.EvaluateAsync("window.mark = 'same page'");
        var token = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(app.Page("api/v1/callbacks"))).RootElement.GetProperty("callbacks")[0].GetProperty("token").GetString()!;
        await app.DisposeAsync();
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Connection lost – trying again");
        // It ends elsewhere meanwhile, so that the app that comes back has nothing to tell.
        await using (var elsewhere = new OrkestraRuntime(new TaskBoard(), new OrkestraOptions { Store = store }))
        {
            (await elsewhere.SendTaskSuccessAsync(token, JsonValue.Parse("""{"approved":true}"""))).ShouldBeTrue();
            await (await elsewhere.ResumeAsync(run.Arn)).Completion.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await using var back = await DashboardApp.StartAsync(store: store, port: port);
        await Expect(page.Locator(".head .status")).ToHaveTextAsync("Succeeded");
        await Expect(page.Locator("#connection")).ToHaveTextAsync("");
        (await page.EvaluateAsync<string>("window.mark")).ShouldBe("same page");
    }

    /// <summary>Loses definitions when it is told to.</summary>
    sealed class ForgetfulStore : IExecutionStore
    {
        readonly InMemoryExecutionStore inner = new();

        public bool HasDefinitions { get; set; } = true;

        public bool KeepsHistory => inner.KeepsHistory;

        public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) => inner.CreateAsync(commit, cancellationToken);

        public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken) => inner.AppendAsync(commit, cancellationToken);

        public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => inner.FindAsync(executionArn, cancellationToken);

        public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => inner.ReadSignalsAsync(executionArn, cancellationToken);

        public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) => inner.ReadHistoryAsync(executionArn, range, cancellationToken);

        public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

        public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => inner.SaveRevisionAsync(revision, cancellationToken);

        public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) =>
            HasDefinitions ? inner.FindRevisionAsync(definitionHash, cancellationToken) : ValueTask.FromResult<StateMachineRevision?>(null);

        public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => inner.FindTokenOwnerAsync(taskToken, cancellationToken);

        public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => inner.ReadDueAsync(until, limit, cancellationToken);
    }
}
