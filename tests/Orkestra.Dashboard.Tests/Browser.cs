using Microsoft.Playwright;
using Xunit;

namespace Orkestra.Dashboard.Tests;

/// <summary>The browser that all tests share: chromium-headless-shell if it is installed, which takes half the time, or else chromium. Without a browser, the tests are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    static readonly string? Executable = Find();

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null) return;
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A new page with no memory of others. What it writes to the console as an error fails <see cref="PageErrors.Check"/>.</summary>
    public async Task<IPage> NewPageAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        Assert.SkipWhen(browser is null, "There is no chromium here. Install it (apt-get install chromium-headless-shell), or name it in ORKESTRA_CHROMIUM.");
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ORKESTRA_CHROMIUM") is { Length: > 0 } given) return given;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}

/// <summary>What goes wrong in a page without being seen: exceptions, and what the Content-Security-Policy refused.</summary>
sealed class PageErrors
{
    readonly List<string> errors = [];

    public PageErrors(IPage page)
    {
        page.PageError += (_, problem) => errors.Add(problem);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)) errors.Add(message.Text);
        };
    }

    public void Check() => Assert.Empty(errors);
}
