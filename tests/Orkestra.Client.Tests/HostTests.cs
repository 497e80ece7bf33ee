using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orkestra.Client.Connections;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>The clients of a host.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_host_keeps_its_executions_in_a_SQLite_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"orkestra-{Guid.NewGuid():N}", "orkestra.db");
        try
        {
            string arn;
            using (var host = await StartAsync(file))
            {
                var execution = await host.Services.GetRequiredService<IWorkflowClient<PlaceOrder>>().StartAsync(new Order("A-7", 2), "order-7");
                await execution.WaitAsync().WaitAsync(Place.Patience);
                arn = execution.Arn;
                await host.StopAsync();
            }

            using var again = await StartAsync(file);
            var found = await again.Services.GetRequiredService<IWorkflowClient<PlaceOrder>>().FindAsync("order-7");
            found!.Arn.ShouldBe(arn);
            (await found.WaitAsync()).ShouldBe(new Receipt("A-7", 25m));
            (await again.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
            await again.StopAsync();
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }

        static async Task<IHost> StartAsync(string file)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddSingleton(new Till());
            builder.Services.AddHealthChecks().AddOrkestra();
            builder.Services.AddOrkestra(orkestra =>
            {
                orkestra.UseSqlite(file);
                orkestra.AddWorkflow<PlaceOrder>();
            });
            var host = builder.Build();
            await host.StartAsync();
            return host;
        }
    }

    [Theory]
    [InlineData(Place.Embedded)]
    [InlineData(Place.Endpoint)]
    public async Task Health_follows_the_place(string at)
    {
        await using var place = await Place.StartAsync(at);
        (await HealthAsync(place.Services)).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_host_whose_endpoint_does_not_answer_is_unhealthy()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddOrkestra(orkestra => orkestra.AddWorkflow<PlaceOrder>().UseEndpoint(new Uri("http://127.0.0.1:1")));
        using var host = builder.Build();
        (await HealthAsync(host.Services)).Description.ShouldBe("The host is starting or stopping.");
        await host.StartAsync();
        var result = await HealthAsync(host.Services);
        (result.Status, result.Exception).ShouldSatisfyAllConditions(found => found.Status.ShouldBe(HealthStatus.Unhealthy), found => found.Exception.ShouldBeOfType<HttpRequestException>());
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("")]
    [InlineData(null)]
    public void The_runtime_of_this_process_is_the_default_place(string? place) => Connection(place).ShouldBeOfType<RuntimeConnection>();

    [Theory]
    [InlineData("aws:eu-central-1")]
    [InlineData("http://127.0.0.1:8083")]
    public void A_text_names_another_place(string place) => Connection(place).ShouldBeOfType<EndpointConnection>();

    [Fact]
    public void A_text_that_names_no_place_is_refused() => Should.Throw<FormatException>(() => Connection("cloud")).Message.ShouldStartWith("'cloud' is not a place where executions run.");

    static WorkflowConnection Connection(string? place)
    {
        var services = new ServiceCollection();
        services.AddOrkestra(orkestra => orkestra.UsePlace(place));
        return services.BuildServiceProvider().GetRequiredService<WorkflowConnection>();
    }

    static async Task<HealthReportEntry> HealthAsync(IServiceProvider app)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(app.GetRequiredService<OrkestraHostedService>());
        services.AddSingleton(app.GetRequiredService<OrkestraBuilder>());
        services.AddSingleton(_ => app.GetRequiredService<OrkestraRuntime>());
        services.AddSingleton(_ => app.GetRequiredService<WorkflowConnection>());
        services.AddHealthChecks().AddOrkestra();
        return (await services.BuildServiceProvider().GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["orkestra"];
    }
}
