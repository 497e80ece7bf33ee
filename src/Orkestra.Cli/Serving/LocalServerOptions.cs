namespace Orkestra.Cli.Serving;

/// <summary>What <c>orkestra local</c> serves, and where.</summary>
internal sealed record LocalServerOptions
{
    internal required int Port { get; init; }

    internal required string Address { get; init; }

    internal string? Token { get; init; }

    /// <summary>Whether the dashboard only shows.</summary>
    internal bool IsReadOnly { get; init; }

    /// <summary>Where executions log: a file, or <c>-</c> for standard output; null for nowhere.</summary>
    internal string? Log { get; init; }

    /// <summary>The folder that keeps state machines and executions; null to keep them in memory.</summary>
    internal string? Data { get; init; }

    internal bool IsJson { get; init; }

    internal bool IsExpress { get; init; }

    internal IReadOnlyList<string> Files { get; init; } = [];

    internal required ServiceEnvironment Environment { get; init; }
}
