using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Orkestra.Dashboard.Tests;

/// <summary>Who may read and change, and what payloads may do to a page.</summary>
[Collection(BrowserTests.Name)]
public sealed class SafetyTests(Browser browser)
{
    static readonly HttpClient Client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    [Fact]
    public async Task A_page_of_another_site_can_neither_read_nor_post()
    {
        await using var app = await DashboardApp.StartAsync();
        var run = await app.RunAsync("Approval", """{"amount":1}""", "waiting", waits: false);
        await using var other = await OtherSiteAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(other.Address);
        (await page.EvaluateAsync<string>("address => fetch(address).then(answer => answer.text()).catch(problem => 'refused')", app.Page("api/v1/runs"))).ShouldBe("refused");
        (await page.EvaluateAsync<string>("address => fetch(address, { mode: 'no-cors' }).then(answer => answer.type).catch(() => 'refused')", app.Page("api/v1/runs"))).ShouldBeOneOf("refused", "opaque");
        (await page.EvaluateAsync<string>(
            "address => fetch(address, { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' }).then(answer => answer.type).catch(() => 'refused')",
            app.RunPage(run.Arn) + "/stop")).ShouldBeOneOf("refused", "opaque");
        // A form that a person is made to send.
        await page.SetContentAsync($"<form method=post action='{app.RunPage(run.Arn)}/stop'><button>Win</button></form>");
        var answer = await page.RunAndWaitForResponseAsync(() => page.GetByText("Win").ClickAsync(), response => response.Url.Contains("stop", StringComparison.Ordinal));
        answer.Status.ShouldBe(403);
        (await app.Runtime.FindAsync(run.Arn))!.Status.ShouldBe(Engine.ExecutionStatus.Running);
        // It cannot be put into a frame, but a link to it works. In another page, as the refusal may still arrive in this one.
        page = await browser.NewPageAsync();
        await page.GotoAsync(other.Address);
        await page.SetContentAsync($"<iframe src='{app.Address}'></iframe><a href='{app.Address}'>Link</a>");
        (await page.Frames[^1].ContentAsync()).ShouldNotContain("Workflows");
        await page.GetByText("Link").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Workflows" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Requests_of_other_names_and_sites_are_refused(string header, string value)
    {
        await using var app = await DashboardApp.StartAsync();
        foreach (var path in (string[])["", "runs", "api/v1/workflows", "live?topic=all", "callbacks", "sign-in"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, app.Page(path));
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = Client.Send(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            answer.Content.Headers.ContentLength.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Pages_have_the_headers_that_protect_them()
    {
        await using var app = await DashboardApp.StartAsync();
        using var answer = await Client.GetAsync(app.Address);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single().ShouldBe("same-origin");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_is_entered_once()
    {
        await using var app = await DashboardApp.StartAsync(options => options.Token = "secret");
        (await Client.GetAsync(app.Page("api/v1/runs"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Page("api/v1/runs"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        (await Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.Page("runs?status=failed"));
        await page.GetByLabel("Token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("Token").FillAsync("secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(app.Page("runs?status=failed"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Runs", Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_leads_to_no_other_site(string back)
    {
        await using var app = await DashboardApp.StartAsync(options => options.Token = "secret", pattern: "/");
        using var answer = await Client.PostAsync(app.Page("sign-in"), new FormUrlEncodedContent([KeyValuePair.Create("token", "secret"), KeyValuePair.Create("return", back)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task A_read_only_dashboard_offers_and_does_nothing()
    {
        await using var app = await DashboardApp.StartAsync(options => options.IsReadOnly = true);
        var run = await app.RunAsync("Approval", """{"amount":1}""", "waiting", waits: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn));
        await Expect(page.GetByText("Read-only")).ToBeVisibleAsync();
        (await page.GetByRole(AriaRole.Button).CountAsync()).ShouldBe(0);
        foreach (var path in (string[])[$"runs/{run.Arn}/stop", $"runs/{run.Arn}/redrive", $"runs/{run.Arn}/rerun", $"runs/{run.Arn}/skip", "runs/rerun", "workflows/PlaceOrder/start", "callbacks/x"])
        {
            using var answer = await Client.PostAsync(app.Page(path), new FormUrlEncodedContent([KeyValuePair.Create("json", "{}")]));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        (await app.Runtime.FindAsync(run.Arn))!.Status.ShouldBe(Engine.ExecutionStatus.Running);
    }

    [Fact]
    public async Task Payloads_are_shown_as_text()
    {
        await using var app = await DashboardApp.StartAsync();
        var hostile = JsonObject.Create(
            ("items", JsonArray.Create([(JsonValue)1])), ("weight", 1), ("a", "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"), ("</pre><script>window.hacked = 3</script>", "\u0000\u0007\u001b[31m"),
            ("right", "abc\u202Edcba\u2066x\u200F"), ("html", "&lt;b&gt; \" ' --> ]]>"));
        var run = await app.RunAsync("Shipping", hostile.ToJson(), "script-safe");
        var page = await browser.NewPageAsync();
        var errors = new PageErrors(page);
        foreach (var path in (string[])[$"runs/{run.Arn}?state=Notify", "runs?text=%3Cscript%3Ewindow.hacked%3D4%3C/script%3E", $"runs/{run.Arn}/rerun", "workflows/Shipping/start", $"compare?left={run.Arn}&right={run.Arn}", $"runs/{run.Arn}?done=%3Cscript%3Ewindow.hacked%3D5%3C/script%3E"])
        {
            await page.GotoAsync(app.Page(path));
            (await page.EvaluateAsync<bool>("window.hacked === undefined")).ShouldBeTrue(path);
        }

        await page.GotoAsync(app.RunPage(run.Arn));
        var shown = await page.GetByLabel("Input of the run").TextContentAsync() ?? "";
        shown.ShouldContain("<script>window.hacked = 1</script>");
        shown.ShouldContain("abc\\u202Edcba\\u2066x\\u200F");
        shown.ShouldNotContain("\u202E");
        errors.Check();
    }

    [Fact]
    public async Task A_value_of_five_megabytes_is_cut_and_can_be_had()
    {
        await using var app = await DashboardApp.StartAsync();
        // The quota of AWS is 256 KiB: a local run may have another one.
        var machine = app.Runtime.StateMachines.Find("Shipping")!;
        app.Runtime.StateMachines.Add(machine with { Quotas = machine.Quotas with { MaxPayloadBytes = 64 << 20 } });
        var run = await app.RunAsync("Shipping", JsonObject.Create(("items", JsonArray.Create([(JsonValue)1])), ("weight", 1), ("text", new string('x', 5 << 20))).ToJson(), "large");
        var page = await browser.NewPageAsync();
        await page.GotoAsync(app.RunPage(run.Arn) + "?state=Notify");
        await Expect(page.GetByText("The first 32 KB of 5120 KB.").First).ToBeVisibleAsync();
        (await page.ContentAsync()).Length.ShouldBeLessThan(1 << 20);
        (await Client.GetStringAsync(app.Page($"api/v1/runs/{run.Arn}/input"))).Length.ShouldBeGreaterThan(5 << 20);
    }

    static async Task<OtherSite> OtherSiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<title>Other</title>", "text/html"));
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return new OtherSite(app, $"http://localhost:{port}/");
    }

    sealed class OtherSite(WebApplication app, string address) : IAsyncDisposable
    {
        public string Address { get; } = address;

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
