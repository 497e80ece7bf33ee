using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Sqlite;

namespace Orkestra.Serving;

/// <summary>What a server serves, and where.</summary>
internal sealed record LocalServerOptions
{
    /// <summary>The port of Step Functions Local.</summary>
    internal const int DefaultPort = 8083;

    internal const string DefaultAddress = "127.0.0.1";

    internal required int Port { get; init; }

    internal required string Address { get; init; }

    internal string? Token { get; init; }

    /// <summary>Whether the dashboard only shows.</summary>
    internal bool IsReadOnly { get; init; }

    /// <summary>Where executions log: a file, or <c>-</c> for standard output; null for nowhere.</summary>
    internal string? Log { get; init; }

    /// <summary>The folder that keeps state machines and executions; null to keep them in memory.</summary>
    internal string? Data { get; init; }

    /// <summary>Which executions that have ended are deleted while the server runs; null for none.</summary>
    internal RetentionPolicy? Retention { get; init; }

    internal required ServiceEnvironment Environment { get; init; }

    /// <summary>Finds the workflow that a state machine was made of, with the path of its assembly, by the name of the state machine; null for none.</summary>
    internal Func<string, (WorkflowDefinition Definition, string Assembly)?>? FindWorkflow { get; init; }

    /// <summary>Adds the program's own workflows.</summary>
    internal Action<OrkestraBuilder>? Workflows { get; init; }

    /// <summary>Adds the services of the program's steps.</summary>
    internal Action<IServiceCollection>? Services { get; init; }

    /// <summary>Handles tasks before services are asked; null for none.</summary>
    internal ITaskInvoker? Invoker { get; init; }
}
