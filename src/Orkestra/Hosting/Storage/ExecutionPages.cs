using System.Globalization;

namespace Orkestra.Hosting.Storage;

/// <summary>Answers queries over executions in memory.</summary>
internal static class ExecutionPages
{
    /// <exception cref="ArgumentException">The page token is not one that a query returned.</exception>
    internal static ExecutionPage Of(IEnumerable<ExecutionRecord> all, ExecutionQuery query)
    {
        var found = all.Where(query.Matches).OrderByDescending(record => record.StartTime.UtcTicks).ThenByDescending(record => record.Arn, StringComparer.Ordinal);
        var page = (query.PageToken is { } token ? After(found, token) : found).Take(query.Limit + 1).ToArray();
        return page.Length <= query.Limit ? new ExecutionPage(page, null) : new ExecutionPage(page[..query.Limit], TokenOf(page[query.Limit - 1]));
    }

    // A token names the last execution of a page by what executions are ordered by.
    static string TokenOf(ExecutionRecord record) => $"{record.StartTime.UtcTicks.ToString(CultureInfo.InvariantCulture)} {record.Arn}";

    static IEnumerable<ExecutionRecord> After(IEnumerable<ExecutionRecord> found, string token)
    {
        var space = token.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !long.TryParse(token.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
            throw new ArgumentException($"'{token}' is not a page token that a query returned.", nameof(token));
        var arn = token[(space + 1)..];
        return found.Where(record => record.StartTime.UtcTicks < ticks || (record.StartTime.UtcTicks == ticks && string.CompareOrdinal(record.Arn, arn) < 0));
    }
}
