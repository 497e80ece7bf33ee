using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace Orkestra._1.Tests;

public sealed class AppTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orders").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_order_goes_on_after_a_restart()
    {
        await using (var app = App())
        {
            using var http = app.CreateClient();
            var response = await http.PostAsJsonAsync("/orders", new Order("A-1", 25), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }

        await using (var app = App())
        {
            using var http = app.CreateClient();
            var order = await EndAsync(http, "/orders/A-1");
            Assert.Equal(new OrderStatus("Succeeded", new Parcel("A-1", "TRACK-A-1"), null), order);
        }
    }

    WebApplicationFactory<Program> App() =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("Orkestra:Data", Path.Combine(folder, "orders.db")));

    static async Task<OrderStatus?> EndAsync(HttpClient http, string address)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var order = await http.GetFromJsonAsync<OrderStatus>(address, limit.Token);
            if (order?.Status != "Running") return order;
            await Task.Delay(100, limit.Token);
        }
    }
}
