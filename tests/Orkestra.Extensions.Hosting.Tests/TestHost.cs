using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>A host with a gate and a log, which has started.</summary>
sealed class TestHost : IAsyncDisposable
{
    /// <summary>Longer than any test takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly IHost host;

    TestHost(IHost host, LogLines log)
    {
        this.host = host;
        Log = log;
    }

    public LogLines Log { get; }

    public OrkestraRuntime Runtime => Services.GetRequiredService<OrkestraRuntime>();

    public Gate Gate => Services.GetRequiredService<Gate>();

    public IServiceProvider Services => host.Services;

    public static async Task<TestHost> StartAsync(Action<OrkestraBuilder> orkestra, Action<IServiceCollection>? services = null, TimeSpan? shutdownTimeout = null)
    {
        var log = new LogLines();
        // In development the container refuses to give scoped services to singletons.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Logging.AddProvider(log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdownTimeout ?? Patience);
        builder.Services.AddSingleton<Gate>();
        builder.Services.AddOrkestra(orkestra);
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);
        return new TestHost(host, log);
    }

    public Task StopAsync() => host.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
