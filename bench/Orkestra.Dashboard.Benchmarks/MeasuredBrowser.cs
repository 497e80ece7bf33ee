using Microsoft.Playwright;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>The chromium of the system.</summary>
sealed class MeasuredBrowser : IAsyncDisposable
{
    readonly IPlaywright playwright;
    readonly IBrowser browser;

    MeasuredBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Starts chromium; null if the machine has none.</summary>
    internal static async Task<MeasuredBrowser?> StartAsync()
    {
        if (Find() is not { } executable) return null;
        var playwright = await Playwright.CreateAsync();
        return new MeasuredBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = ["--no-sandbox", "--disable-dev-shm-usage"] }));
    }

    internal async Task<IPage> NewPageAsync()
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        page.SetDefaultTimeout(120_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    static string? Find() => Environment.GetEnvironmentVariable("ORKESTRA_CHROMIUM") is { Length: > 0 } given ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome") })
            .FirstOrDefault(File.Exists);
}
