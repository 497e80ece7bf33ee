using System.Globalization;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Reading;

/// <summary>The last execution of a page, by what executions are ordered by.</summary>
/// <param name="Start">When it started, UTC ticks.</param>
/// <param name="Arn">Its ARN.</param>
internal sealed record PagePlace(long Start, string Arn)
{
    internal static PagePlace Of(ExecutionRecord record) => new(record.StartTime.UtcTicks, record.Arn);

    /// <exception cref="ArgumentException">No query returned the token.</exception>
    internal static PagePlace Parse(string token)
    {
        var space = token.IndexOf(' ', StringComparison.Ordinal);
        return space >= 0 && long.TryParse(token.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new PagePlace(ticks, token[(space + 1)..])
            : throw new ArgumentException($"'{token}' is not a page token that a query returned.", nameof(token));
    }

    public override string ToString() => $"{Start.ToString(CultureInfo.InvariantCulture)} {Arn}";
}
