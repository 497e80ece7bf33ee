using System.Globalization;
using Orkestra.Engine;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Runs;

/// <summary>Finds runs by what an address says: the filters of a page are its query.</summary>
internal static class RunSearch
{
    const int PageSize = 50;
    const int MostScanned = 2_000;

    /// <summary>A page of runs, and how many runs were looked at when a text is searched, which no index has.</summary>
    /// <exception cref="ArgumentException">A value cannot be read.</exception>
    internal static async Task<(ExecutionPage Page, int? Scanned)> FindAsync(DashboardServices services, Func<string, string?> value, CancellationToken cancellationToken)
    {
        var query = QueryOf(services, value);
        if (value("text") is not { } text) return (await services.Runtime.QueryAsync(query, cancellationToken).ConfigureAwait(false), null);
        var found = new List<ExecutionRecord>();
        var scanned = 0;
        string? token;
        do
        {
            var page = await services.Runtime.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            scanned += page.Executions.Count;
            found.AddRange(page.Executions.Where(run => Has(run, text)));
            query = query with { PageToken = token = page.NextToken };
        }
        while (token is not null && found.Count < PageSize && scanned < MostScanned);
        return (new ExecutionPage(found, token), scanned);
    }

    /// <summary>What an address asks for, apart from the text.</summary>
    /// <exception cref="ArgumentException">A value cannot be read.</exception>
    internal static ExecutionQuery QueryOf(DashboardServices services, Func<string, string?> value) => new()
    {
        StateMachineArn = value("workflow") is { } key ? services.Workflows.Find(key)?.Arn ?? key : null,
        Status = StatusOf(value("status")),
        NamePrefix = value("name"),
        StartedFrom = Time(value("from")),
        StartedBefore = Time(value("to")),
        Limit = PageSize,
        PageToken = value("page"),
    };

    /// <exception cref="ArgumentException">There is no such status.</exception>
    internal static ExecutionStatus? StatusOf(string? text) => text is null ? null
        : Enum.TryParse<ExecutionStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : throw new ArgumentException($"There is no status '{text}'.");

    static bool Has(ExecutionRecord run, string text) =>
        run.Input.ToJson().Contains(text, StringComparison.OrdinalIgnoreCase) || run.Output?.ToJson().Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || run.Error?.Contains(text, StringComparison.OrdinalIgnoreCase) == true || run.Cause?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw new ArgumentException($"'{text}' is not a time. Use one such as 2026-01-31T12:00.");
}
