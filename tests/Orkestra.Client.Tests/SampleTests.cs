using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>The sample <c>samples/Approvals</c> in a process of its own, killed and started again.</summary>
public sealed class SampleTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-approvals").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Orders_outlive_the_process_and_are_charged_once()
    {
        var order = new { Id = "A-1", Item = "lantern", Quantity = 2, Total = 25m };
        using (var app = await App.StartAsync(folder))
        {
            (await app.Client.PostAsJsonAsync("/orders", order)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await app.Client.PostAsJsonAsync("/orders", order with { Id = "A-2" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await app.Client.PostAsJsonAsync("/orders", order with { Id = "A-3" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await app.UntilAsync("A-1", status => status.GetProperty("waitsForApproval").GetBoolean());
            await app.UntilAsync("A-2", status => status.GetProperty("waitsForApproval").GetBoolean());
            app.Kill();
        }

        using (var app = await App.StartAsync(folder))
        {
            (await app.Client.PostAsync(new Uri("/orders/A-1/approve?by=Ada", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            // The approval is stored, whatever happens now.
            app.Kill();
        }

        using (var app = await App.StartAsync(folder))
        {
            var paid = await app.UntilAsync("A-1", status => status.GetProperty("status").GetString() == "Succeeded");
            (paid.GetProperty("receipt").GetProperty("paid").GetDecimal(), paid.GetProperty("receipt").GetProperty("approvedBy").GetString()).ShouldBe((25m, "Ada"));
            (await app.Client.PostAsync(new Uri("/orders/A-1/approve?by=Bob", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await app.Client.PostAsync(new Uri("/orders/A-2/reject", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            var rejected = await app.UntilAsync("A-2", status => status.GetProperty("status").GetString() == "Failed");
            rejected.GetProperty("error").GetString().ShouldBe("Rejected");
            (await app.UntilAsync("A-3", status => status.GetProperty("waitsForApproval").GetBoolean())).GetProperty("status").GetString().ShouldBe("Running");
            (await app.Client.PostAsJsonAsync("/orders", order)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await app.Client.GetAsync(new Uri("/orders/none", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await app.Client.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldBe("Healthy");
        }

        Directory.GetFiles(Path.Combine(folder, "work")).Select(Path.GetFileName).Where(name => !name!.StartsWith("standing-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(["A-1.charged", "A-1.reserved", "A-1.token", "A-2.released", "A-2.reserved", "A-2.token", "A-3.reserved", "A-3.token"]);
    }

    sealed class App : IDisposable
    {
        readonly Process process;

        App(Process process, string address)
        {
            this.process = process;
            Client = new HttpClient { BaseAddress = new Uri(address), Timeout = Place.Patience };
        }

        internal HttpClient Client { get; }

        internal static async Task<App> StartAsync(string data)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Approvals.dll"), "--urls", "http://127.0.0.1:0", "--data", data]) start.ArgumentList.Add(argument);
            var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            const string Listens = "Now listening on: ";
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.IndexOf(Listens, StringComparison.Ordinal) is >= 0 and var at)
                {
                    _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    return new App(process, line[(at + Listens.Length)..].Trim());
                }
            }

            throw new InvalidOperationException("The sample ended before it listened.");
        }

        internal void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        internal async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> holds)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (true)
            {
                var status = await Client.GetFromJsonAsync<JsonElement>(new Uri($"/orders/{id}", UriKind.Relative), patience.Token);
                if (holds(status)) return status;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
        }

        public void Dispose()
        {
            if (!process.HasExited) Kill();
            process.Dispose();
            Client.Dispose();
        }
    }
}
