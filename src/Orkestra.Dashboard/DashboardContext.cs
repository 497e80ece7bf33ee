using System.Globalization;
using Orkestra.Dashboard.Assets;

namespace Orkestra.Dashboard;

/// <summary>What a page is made with: the dashboard, and the addresses of its pages.</summary>
/// <param name="services">The dashboard.</param>
/// <param name="root">The address of the dashboard, without a slash at the end.</param>
/// <param name="path">The page's own address, with its query.</param>
/// <param name="query">The query of the page's own address.</param>
internal sealed class DashboardContext(DashboardServices services, string root, string path, IReadOnlyDictionary<string, string> query)
{
    internal DashboardServices Services { get; } = services;

    internal bool IsReadOnly => Services.IsReadOnly;

    /// <summary>The address of the page, with its query.</summary>
    internal string Path { get; } = path;

    internal string Home => $"{root}/";

    internal string Root => root;

    internal string SignIn => $"{root}/sign-in";

    internal string Runs => $"{root}/runs";

    internal string Callbacks => $"{root}/callbacks";

    internal string Activities => $"{root}/activities";

    internal DateTimeOffset Now => Services.Now;

    internal string Asset(string name) => $"{root}/{AssetCatalog.PathOf(name)}";

    internal string Workflow(string name) => $"{root}/workflows/{Uri.EscapeDataString(name)}";

    internal string WorkflowPart(string name, string part) => $"{Workflow(name)}/{part}";

    internal string Run(string arn) => $"{root}/runs/{Escaped(arn)}";

    internal string RunPart(string arn, string part) => $"{Run(arn)}/{part}";

    internal string MapRun(string arn) => $"{root}/map-runs/{Escaped(arn)}";

    internal string Callback(string token) => $"{root}/callbacks/{Uri.EscapeDataString(token)}";

    internal string RunsWhere(params ReadOnlySpan<(string Name, string? Value)> conditions) => WithQuery(Runs, conditions);

    internal string Api(string part) => $"{root}/api/v1/{part}";

    /// <summary>The version of the changes before the page was made: what changed since is said when the page begins to listen.</summary>
    internal string Seen { get; } = SeenOf(services);

    internal static string SeenOf(DashboardServices services) => string.Create(CultureInfo.InvariantCulture, $"{services.Epoch}.{services.Runtime.Changes.Version}");

    internal string Live(string topic, string? arn) => arn is null ? $"{root}/live?topic={topic}" : $"{root}/live?topic={topic}&arn={Uri.EscapeDataString(arn)}";

    /// <summary>A value of the page's query; null when it is absent or empty.</summary>
    internal string? Query(string name) => query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    internal static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> conditions)
    {
        var separator = '?';
        foreach (var (name, value) in conditions)
        {
            if (string.IsNullOrEmpty(value)) continue;
            path += $"{separator}{name}={Uri.EscapeDataString(value)}";
            separator = '&';
        }

        return path;
    }

    // A colon needs no escape in a path, and an ARN is easier to read with it.
    internal static string Escaped(string arn) => Uri.EscapeDataString(arn).Replace("%3A", ":", StringComparison.Ordinal);
}
