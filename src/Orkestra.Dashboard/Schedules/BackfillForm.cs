using System.Globalization;
using Orkestra.Extensions.Hosting.Backfills;

namespace Orkestra.Dashboard.Schedules;

/// <summary>What was entered for a backfill, as the query of an address has it.</summary>
internal sealed record BackfillForm
{
    static readonly char[] Separators = ['\n', '\r', ',', ';'];

    /// <summary>The name of the workflow.</summary>
    internal required string Workflow { get; init; }

    /// <summary>Whether the keys are days, which have a range.</summary>
    internal required bool AreDays { get; init; }

    internal required string From { get; init; }

    internal required string To { get; init; }

    /// <summary>Keys, separated by lines or commas; in place of the range.</summary>
    internal required string Keys { get; init; }

    internal required BackfillPolicy Policy { get; init; }

    internal required BackfillOrder Order { get; init; }

    internal required string Concurrency { get; init; }

    /// <summary>Whether a dry run was asked for.</summary>
    internal bool IsAsked { get; init; }

    internal static BackfillForm Of(Func<string, string?> query, string workflow, bool areDays, DateTimeOffset now) => new()
    {
        Workflow = workflow,
        AreDays = areDays,
        From = query("from") ?? Day(now.AddDays(-7)),
        To = query("to") ?? Day(now.AddDays(-1)),
        Keys = query("keys") ?? "",
        Policy = Enum.TryParse<BackfillPolicy>(query("policy"), ignoreCase: true, out var policy) ? policy : BackfillPolicy.Missing,
        Order = Enum.TryParse<BackfillOrder>(query("order"), ignoreCase: true, out var order) ? order : BackfillOrder.Forward,
        Concurrency = query("concurrency") ?? new BackfillOptions().Concurrency.ToString(CultureInfo.InvariantCulture),
        IsAsked = query("from") is not null || query("keys") is not null,
    };

    /// <summary>The dry run.</summary>
    /// <exception cref="ArgumentException">Something that was entered is not valid. So are the other exceptions of the dry run.</exception>
    internal Task<BackfillPlan> PlanAsync(WorkflowBackfills backfills, CancellationToken cancellationToken)
    {
        if (!int.TryParse(Concurrency, NumberStyles.None, CultureInfo.InvariantCulture, out var concurrency))
            throw new ArgumentException($"'{Concurrency}' is not a number of runs: choose 1 to {BackfillOptions.MaxConcurrency}.");
        return backfills.PlanAsync(Workflow, WantedKeys(), new BackfillOptions { Policy = Policy, Order = Order, Concurrency = concurrency }, cancellationToken);
    }

    /// <summary>The same as the query of an address.</summary>
    internal (string Name, string? Value)[] ToQuery() =>
    [
        ("workflow", Workflow), ("from", AreDays ? From : null), ("to", AreDays ? To : null), ("keys", Keys), ("policy", Policy.ToString()), ("order", Order.ToString()), ("concurrency", Concurrency),
    ];

    IEnumerable<string> WantedKeys()
    {
        var keys = Keys.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (keys.Length > 0 || !AreDays) return keys;
        var (from, to) = (Day(From), Day(To));
        if (to < from) throw new ArgumentException("The last day is before the first one.");
        return WorkflowBackfills.Days(from, to).Select(day => day.ToString("O", CultureInfo.InvariantCulture));
    }

    static DateOnly Day(string text) => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day : throw new ArgumentException($"'{text}' is not a day: write it like 2026-03-01.");

    static string Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime).ToString("O", CultureInfo.InvariantCulture);
}
