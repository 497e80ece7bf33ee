using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.AspNetCore;
using Orkestra.Dashboard;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Local;
using Orkestra.Local.Tasks;
using Orkestra.Sqlite;

namespace Orkestra.Serving;

/// <summary>
/// The server of <c>orkestra local</c> and of the command <c>serve</c>: the API of AWS Step Functions, the dashboard and <c>GET /health</c> on one port.
/// </summary>
public static class LocalServer
{
    const int MaxConnections = 1_000;

    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="options">What it serves, and where.</param>
    /// <param name="output">Receives log records when the log is standard output.</param>
    /// <param name="error">Receives problems.</param>
    /// <param name="started">Called with the services of the server and the address once requests are answered.</param>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <exception cref="ServingException">The server cannot start.</exception>
    public static async Task RunAsync(
        LocalServerOptions options, TextWriter output, TextWriter error, Func<IServiceProvider, string, Task> started, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(started);
        // Closed last: what the app still stores when it stops is stored.
        using var store = options.Data is { } folder ? DataFolder.Open(folder) : null;
        using var log = OpenLog(options.Log, output);
        var app = Build(options, store, log, error);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is IOException or SocketException)
            {
                throw new ServingException($"Port {options.Port} of {options.Address} cannot be used: {problem.Message} Choose another one with --port.");
            }
            catch (FormatException problem)
            {
                throw new ServingException($"The data in '{options.Data}' cannot be used. {problem.Message}");
            }

            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await started(app.Services, address).ConfigureAwait(false);
            await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    static WebApplication Build(LocalServerOptions options, SqliteExecutionStore? store, LogFile? log, TextWriter error)
    {
        if (!IPAddress.TryParse(options.Address, out var address)) throw new ServingException($"'{options.Address}' is not an IP address. Use one such as 127.0.0.1.");
        if (!IPAddress.IsLoopback(address) && options.Token is not { Length: > 0 })
            throw new ServingException($"Other machines can reach {address}. Set --token to a secret that callers present, or listen on 127.0.0.1.");
        var builder = WebApplication.CreateSlimBuilder();
        // Warnings and errors go to standard error, apart from the results.
        builder.Logging.ClearProviders().AddProvider(new StreamLogger(error)).SetMinimumLevel(LogLevel.Warning).AddFilter<StepLoggerProvider>(null, LogLevel.Information);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(address, options.Port);
            server.AddServerHeader = false;
            // Each may hold a body of 1 MiB while it arrives.
            server.Limits.MaxConcurrentConnections = MaxConnections;
        });
        var forwarding = new ForwardingInvoker(options.Environment.Find, options.Environment.Region);
        var mocks = options.Environment.Mocks();
        var waitTimeScale = options.Environment.WaitTimeScale;
        ITaskInvoker invoker = options.Invoker is { } first ? new InvokerChain(first, forwarding) : forwarding;
        builder.Services.AddSingleton(forwarding);
        options.Services?.Invoke(builder.Services);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddOrkestra(orkestra =>
        {
            orkestra.Options = orkestra.Options with { Http = new HttpTaskOptions(), ServiceInvoker = forwarding };
            orkestra.UseInvoker(_ => invoker).UseStore((IExecutionStore?)store ?? new InMemoryExecutionStore());
            options.Workflows?.Invoke(orkestra);
        });
        builder.Services.AddHealthChecks().AddOrkestra();
        if (store is not null && options.Retention is { } retention) builder.Services.AddHostedService(services => new RetentionService(store, retention, TimeProvider.System));
        builder.Services.AddStepFunctions(service =>
        {
            service.AccountId = options.Environment.AccountId;
            service.Region = options.Environment.Region;
            service.Catalog = store;
            service.WaitTimeScale = waitTimeScale;
            if (mocks is not null) service.TestCases = (machine, testCase) => mocks.CreateInvoker(machine, testCase, invoker);
            if (log is not null) service.WriteLog = log.Write;
        });
        var app = builder.Build();
        app.MapStepFunctions("/", endpoint => endpoint.Token = options.Token);
        app.MapHealthChecks("/health");
        app.MapOrkestra("/", dashboard =>
        {
            dashboard.Token = options.Token;
            dashboard.IsReadOnly = options.IsReadOnly;
            dashboard.FindWorkflow = options.FindWorkflow;
        });
        return app;
    }

    static LogFile? OpenLog(string? log, TextWriter output)
    {
        if (log is null) return null;
        try
        {
            return log == "-" ? new LogFile(output) : new LogFile(log);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServingException($"The log '{log}' cannot be written: {problem.Message}");
        }
    }
}
