using Microsoft.Extensions.DependencyInjection;
using Orkestra.Dashboard;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Sqlite;

namespace Orkestra.Serving;

/// <summary>What a server serves, and where.</summary>
public sealed record LocalServerOptions
{
    /// <summary>The port of Step Functions Local.</summary>
    public const int DefaultPort = 8083;

    /// <summary>The address that only this machine reaches.</summary>
    public const string DefaultAddress = "127.0.0.1";

    /// <summary>The port; 0 for any free one.</summary>
    public required int Port { get; init; }

    /// <summary>The IP address to listen on. Another one than a loopback address needs <see cref="Token"/>.</summary>
    public required string Address { get; init; }

    /// <summary>The secret that callers present as their access key id; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the dashboard is read-only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Where executions log: a file, or <c>-</c> for standard output; null for nowhere.</summary>
    public string? Log { get; init; }

    /// <summary>The folder that keeps state machines and executions; null to keep them in memory.</summary>
    public string? Data { get; init; }

    /// <summary>Which executions that have ended are deleted while the server runs; null for none.</summary>
    public RetentionPolicy? Retention { get; init; }

    /// <summary>Account, region and what else the environment says.</summary>
    public required ServiceEnvironment Environment { get; init; }

    /// <inheritdoc cref="DashboardOptions.FindWorkflow"/>
    public Func<string, CompiledWorkflow?>? FindWorkflow { get; init; }

    /// <summary>Adds the program's own workflows.</summary>
    public Action<OrkestraBuilder>? Workflows { get; init; }

    /// <summary>Adds the services of the program's steps.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Handles tasks before services are asked; null for none.</summary>
    public ITaskInvoker? Invoker { get; init; }
}
