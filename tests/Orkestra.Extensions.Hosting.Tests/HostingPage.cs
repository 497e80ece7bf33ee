using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>The code of <c>docs/hosting.md</c>, run.</summary>
public sealed class HostingPage
{
    public sealed class PlaceOrder : Workflow<string, string>
    {
        static readonly Step<string, string> Reserve = Step.Handled<Reservation, string, string>();
        static readonly Step<string, string> Confirm = new(order => $"{order} is on its way");

        public override Flow<string, string> Define() => Reserve >> Confirm;
    }

    public sealed class Reservation(Stock stock) : IStepHandler<string, string>
    {
        public Task<string> HandleAsync(string input, StepContext context) => Task.FromResult(stock.Take(input));
    }

    public sealed class Stock
    {
        public string Take(string order) => order;
    }

    [Fact]
    public async Task A_host_runs_a_workflow()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddScoped<Stock>();
        builder.Services.AddSingleton<IExecutionStore, InMemoryExecutionStore>();
        builder.Services.AddOrkestra(orkestra => orkestra
            .AddWorkflow<PlaceOrder>()
            .UseStore(services => services.GetRequiredService<IExecutionStore>()));
        using var host = builder.Build();
        await host.StartAsync();

        var runtime = host.Services.GetRequiredService<OrkestraRuntime>();
        var execution = await runtime.StartAsync("PlaceOrder", "Order 7", name: "order-7");
        var result = await execution.Completion;

        await host.StopAsync();
        result.Output.ShouldBe((JsonValue)"Order 7 is on its way");
    }
}
