using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.AspNetCore;
using Orkestra.Extensions.Hosting;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>The code of <c>docs/client.md</c> and <c>docs/local.md</c>, run.</summary>
public sealed class ClientPage
{
    public sealed class Shop(IWorkflowClient<PlaceOrder> orders)
    {
        public async Task<Receipt> BuyAsync(Order order)
        {
            var execution = await orders.StartAsync(order, name: order.Id);
            return await execution.WaitAsync();
        }
    }

    [Fact]
    public async Task An_app_starts_executions_and_serves_them()
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-page").FullName;
        try
        {
            var file = Path.Combine(folder, "orkestra.db");
            var builder = WebApplication.CreateBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<Till>().AddSingleton<Shop>();
            builder.Services.AddOrkestra(orkestra =>
            {
                orkestra.UseSqlite(file);
                orkestra.AddWorkflow<PlaceOrder>();
            });
            builder.Services.AddHealthChecks().AddOrkestra();
            builder.Services.AddStepFunctions();
            await using var app = builder.Build();
            app.MapStepFunctions("/");
            app.MapHealthChecks("/health");
            await app.StartAsync().WaitAsync(Place.Patience);

            (await app.Services.GetRequiredService<Shop>().BuyAsync(new Order("A-1", 2)).WaitAsync(Place.Patience)).ShouldBe(new Receipt("A-1", 25m));
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            (await http.GetStringAsync("/health").WaitAsync(Place.Patience)).ShouldBe("Healthy");
            await app.StopAsync().WaitAsync(Place.Patience);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
