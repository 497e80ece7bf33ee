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
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local;
using Orkestra.Local.Tasks;
using Orkestra.Sqlite;

namespace Orkestra.Cli.Serving;

/// <summary>The server of <c>orkestra local</c>.</summary>
internal static class LocalServer
{
    const int MaxConnections = 1_000;

    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is told to stop.</summary>
    internal static async Task<int> RunAsync(LocalServerOptions options, ToolStreams streams, CancellationToken cancellationToken)
    {
        // Closed last: what the app still stores when it stops is stored.
        using var store = options.Data is { } folder ? DataFolder.Open(folder) : null;
        using var log = OpenLog(options.Log, streams);
        var app = Build(options, store, log, streams);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is IOException or SocketException)
            {
                throw new ToolException($"Port {options.Port} of {options.Address} cannot be used: {problem.Message} Choose another one with --port.");
            }
            catch (FormatException problem)
            {
                throw new ToolException($"The data in '{options.Data}' cannot be used. {problem.Message}");
            }

            var service = app.Services.GetRequiredService<StepFunctionsService>();
            foreach (var file in options.Files) await LoadAsync(service, file, options.IsExpress).ConfigureAwait(false);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await streams.Output.WriteLineAsync(options.IsJson ? JsonObject.Create(("endpoint", address)).ToJson() : $"Step Functions listens on {address}\nDashboard: {address}/").ConfigureAwait(false);
            await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        return ToolExitCode.Success;
    }

    static WebApplication Build(LocalServerOptions options, SqliteExecutionStore? store, LogFile? log, ToolStreams streams)
    {
        if (!IPAddress.TryParse(options.Address, out var address)) throw new ToolException($"'{options.Address}' is not an IP address. Use one such as 127.0.0.1.");
        if (!IPAddress.IsLoopback(address) && options.Token is not { Length: > 0 })
            throw new ToolException($"Other machines can reach {address}. Set --token to a secret that callers present, or listen on 127.0.0.1.");
        var builder = WebApplication.CreateSlimBuilder();
        // What goes wrong is told, beside the results.
        builder.Logging.ClearProviders().AddProvider(new StreamLogger(streams.Error)).SetMinimumLevel(LogLevel.Warning);
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
        builder.Services.AddSingleton(forwarding);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddOrkestra(orkestra =>
        {
            orkestra.Options = orkestra.Options with { Http = new HttpTaskOptions() };
            orkestra.UseInvoker(_ => forwarding).UseStore((IExecutionStore?)store ?? new InMemoryExecutionStore());
        });
        builder.Services.AddStepFunctions(service =>
        {
            service.AccountId = options.Environment.AccountId;
            service.Region = options.Environment.Region;
            service.Catalog = store;
            service.WaitTimeScale = waitTimeScale;
            if (mocks is not null) service.TestCases = (machine, testCase) => mocks.CreateInvoker(machine, testCase, forwarding);
            if (log is not null) service.WriteLog = log.Write;
        });
        var app = builder.Build();
        app.MapStepFunctions("/", endpoint => endpoint.Token = options.Token);
        app.MapOrkestra("/", dashboard =>
        {
            dashboard.Token = options.Token;
            dashboard.IsReadOnly = options.IsReadOnly;
        });
        return app;
    }

    static LogFile? OpenLog(string? log, ToolStreams streams)
    {
        if (log is null) return null;
        try
        {
            return log == "-" ? new LogFile(streams.Output) : new LogFile(log);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The log '{log}' cannot be written: {problem.Message}");
        }
    }

    // A definition that is there already is updated, so that a server with data can be started with the same files again.
    static async Task LoadAsync(StepFunctionsService service, string file, bool isExpress)
    {
        string definition;
        try
        {
            definition = await File.ReadAllTextAsync(file).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{file}' cannot be read: {problem.Message}");
        }

        var name = Path.GetFileName(file).Split('.')[0];
        try
        {
            await service.CallAsync("CreateStateMachine", JsonObject.Create(
                ("name", name), ("definition", definition), ("roleArn", "arn:aws:iam::000000000000:role/orkestra"), ("type", isExpress ? "EXPRESS" : "STANDARD"))).ConfigureAwait(false);
        }
        catch (ServiceException exists) when (exists.Code == "StateMachineAlreadyExists")
        {
            var arn = exists.Message.Split('\'')[1];
            await service.CallAsync("UpdateStateMachine", JsonObject.Create(("stateMachineArn", arn), ("definition", definition))).ConfigureAwait(false);
        }
        catch (ServiceException refusal)
        {
            throw new ToolException($"'{file}' is refused. {refusal.Code}: {refusal.Message}");
        }
    }
}
