using Microsoft.Extensions.Logging;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.StepLogs;

/// <summary>What every store of step logs does.</summary>
public abstract class StepLogStoreContract : IDisposable
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static StepLogLimits Small { get; } = new() { MaxLines = 5, MaxCharacters = 400 };

    protected abstract IStepLogStore Open(StepLogLimits limits);

    /// <summary>Makes an execution known to the store.</summary>
    protected abstract Task AddAsync(ExecutionRecord execution);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    internal static StepLogLine Line(ExecutionRecord execution, string message, int entered = 2, string state = "Charge", LogLevel level = LogLevel.Information, string? exception = null, int attempt = 1) => new()
    {
        ExecutionArn = execution.Arn,
        StateName = state,
        EnteredEventId = entered,
        Attempt = attempt,
        AttemptId = $"{execution.Arn}/0/{attempt}",
        Time = Commits.Noon.AddTicks(attempt),
        Level = level,
        Category = "Shop.Payment",
        Message = message,
        Exception = exception,
    };

    [Fact]
    public async Task Lines_are_read_as_they_were_kept_oldest_first()
    {
        var store = Open(new StepLogLimits());
        var (one, two) = (Commits.Record("one"), Commits.Record("two"));
        await AddAsync(one);
        await AddAsync(two);
        var (first, second) = (Line(one, "a\nb ü 💶"), Line(one, "failed", level: LogLevel.Error, exception: "E\n at X", attempt: 2));
        await store.AppendAsync([first, Line(two, "other"), second], Ct);
        var page = await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn }, Ct);
        page.Lines.ShouldBe([first with { Number = 1 }, second with { Number = 2 }]);
        (page.Dropped, page.IsLast).ShouldBe((0, true));
        (await store.ReadAsync(new StepLogQuery { ExecutionArn = Commits.Record("none").Arn }, Ct)).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_finds_by_visit_state_level_and_text_and_goes_on_page_by_page()
    {
        var store = Open(new StepLogLimits());
        var one = Commits.Record("one");
        await AddAsync(one);
        await store.AppendAsync(
            [Line(one, "weighs 5 kg", 2, "Weigh"), Line(one, "asks the bank", 7), Line(one, "slow", 7, level: LogLevel.Warning), Line(one, "no", 9, level: LogLevel.Error, exception: "The BANK refused")], Ct);
        (await Messages(new StepLogQuery { ExecutionArn = one.Arn, EnteredEventId = 7 })).ShouldBe(["asks the bank", "slow"]);
        (await Messages(new StepLogQuery { ExecutionArn = one.Arn, StateName = "Weigh" })).ShouldBe(["weighs 5 kg"]);
        (await Messages(new StepLogQuery { ExecutionArn = one.Arn, Level = LogLevel.Warning })).ShouldBe(["slow", "no"]);
        (await Messages(new StepLogQuery { ExecutionArn = one.Arn, Text = "bank" })).ShouldBe(["asks the bank", "no"]);
        var page = await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn, Limit = 3 }, Ct);
        (page.Lines.Count, page.IsLast).ShouldBe((3, false));
        var rest = await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn, Limit = 3, After = page.Lines[^1].Number }, Ct);
        (rest.Lines.Single().Message, rest.IsLast).ShouldBe(("no", true));

        async Task<IEnumerable<string>> Messages(StepLogQuery query) => (await store.ReadAsync(query, Ct)).Lines.Select(line => line.Message);
    }

    [Fact]
    public async Task The_oldest_lines_are_dropped_beyond_the_limits()
    {
        var store = Open(Small);
        var one = Commits.Record("one");
        await AddAsync(one);
        for (var i = 1; i <= 12; i++) await store.AppendAsync([Line(one, $"m{i}")], Ct);
        var page = await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn }, Ct);
        page.Lines.Select(line => line.Message).ShouldBe(["m8", "m9", "m10", "m11", "m12"]);
        page.Dropped.ShouldBe(7);
        // The numbers go on, so that a reader that has seen some misses nothing.
        (await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn, After = 11 }, Ct)).Lines.Single().Number.ShouldBe(12);
        await store.AppendAsync([Line(one, new string('x', 300)), Line(one, new string('y', 200))], Ct);
        page = await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn }, Ct);
        page.Lines.Select(line => line.Message[0]).ShouldBe(['y']);
        page.Dropped.ShouldBe(13);
        await store.AppendAsync([Line(one, new string('z', 1_000))], Ct);
        (await store.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn }, Ct)).Lines.Single().Message.Length.ShouldBe(1_000);
    }
}
