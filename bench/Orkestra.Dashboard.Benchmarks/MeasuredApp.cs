using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Benchmarks;

/// <summary>An app with the dashboard, whose only task takes some milliseconds.</summary>
sealed class MeasuredApp : IAsyncDisposable
{
    readonly WebApplication app;

    MeasuredApp(WebApplication app, string address) => (this.app, Address) = (app, address);

    internal string Address { get; }

    internal OrkestraRuntime Runtime => app.Services.GetRequiredService<OrkestraRuntime>();

    internal static async Task<MeasuredApp> StartAsync(IExecutionStore? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOrkestra(orkestra => orkestra.UseInvoker(_ => new SlowTask()).UseStore(store ?? new InMemoryExecutionStore()));
        var app = builder.Build();
        app.MapOrkestra("/");
        await app.StartAsync();
        return new MeasuredApp(app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    }

    internal void Add(string name, string definition) => Runtime.StateMachines.Add(name, ExecutionPlan.Compile(AslReader.Parse(definition)));

    internal async Task<ExecutionHandle> RunAsync(string workflow, string input, string? name = null)
    {
        var run = await Runtime.StartAsync(workflow, JsonValue.Parse(input), name);
        await run.Completion;
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }

    sealed class SlowTask : ITaskInvoker
    {
        public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            await Task.Delay(5);
            return TaskOutcome.Result(invocation.Input);
        }
    }
}
