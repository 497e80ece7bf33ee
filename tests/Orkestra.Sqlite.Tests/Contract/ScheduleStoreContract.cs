using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Contract;

/// <summary>What every <see cref="IScheduleStore"/> and <see cref="IBackfillStore"/> does.</summary>
public abstract class ScheduleStoreContract : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly ScheduleRecord Nightly = new() { Name = "nightly", Expression = "cron(0 2 * * ? *) UTC", Since = Noon, SettledUntil = Noon };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IScheduleStore Schedules { get; }

    protected abstract IBackfillStore Backfills { get; }

    [Fact]
    public async Task A_schedule_stays_as_it_was_when_it_is_added_again()
    {
        (await Schedules.ReadSchedulesAsync(Ct)).ShouldBeEmpty();
        (await Schedules.AddScheduleAsync(Nightly, Ct)).ShouldBe(Nightly);
        await Schedules.SetSettledAsync("nightly", Noon.AddHours(14), Noon.AddHours(14), "arn:1", Ct);
        await Schedules.SetPausedAsync("nightly", true, Noon.AddHours(15), Ct);
        var expected = Nightly with { IsPaused = true, SettledUntil = Noon.AddHours(15), LastFireTime = Noon.AddHours(14), LastRun = "arn:1" };
        (await Schedules.AddScheduleAsync(Nightly with { Since = Noon.AddDays(1), SettledUntil = Noon.AddDays(1) }, Ct)).ShouldBe(expected);
        (await Schedules.ReadSchedulesAsync(Ct)).ShouldBe([expected]);
    }

    [Fact]
    public async Task A_schedule_with_another_expression_begins_anew_and_stays_paused()
    {
        await Schedules.AddScheduleAsync(Nightly, Ct);
        await Schedules.SetSettledAsync("nightly", Noon.AddHours(14), Noon.AddHours(14), "arn:1", Ct);
        await Schedules.SetPausedAsync("nightly", true, Noon, Ct);
        var later = Nightly with { Expression = "rate(1 hour) UTC", Since = Noon.AddDays(1), SettledUntil = Noon.AddDays(1) };
        var expected = later with { IsPaused = true, LastFireTime = Noon.AddHours(14), LastRun = "arn:1" };
        (await Schedules.AddScheduleAsync(later, Ct)).ShouldBe(expected);
        (await Schedules.ReadSchedulesAsync(Ct)).ShouldBe([expected]);
    }

    [Fact]
    public async Task What_is_settled_is_never_taken_back()
    {
        await Schedules.AddScheduleAsync(Nightly, Ct);
        await Schedules.SetSettledAsync("nightly", Noon.AddDays(2), null, null, Ct);
        await Schedules.SetSettledAsync("nightly", Noon.AddDays(1), null, null, Ct);
        await Schedules.SetPausedAsync("nightly", false, Noon, Ct);
        (await Schedules.ReadSchedulesAsync(Ct)).ShouldBe([Nightly with { SettledUntil = Noon.AddDays(2) }]);
        await Schedules.SetSettledAsync("unknown", Noon, null, null, Ct);
        await Schedules.SetPausedAsync("unknown", true, Noon, Ct);
        (await Schedules.ReadSchedulesAsync(Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_backfill_is_kept_with_its_items_in_their_order()
    {
        (await Backfills.ReadBackfillsAsync(Ct)).ShouldBeEmpty();
        var (first, second) = (Backfill("one"), Backfill("two") with { Created = Noon.AddHours(1) });
        BackfillItem[] items = [Item(0, "2026-03-02") with { EarlierRuns = 2 }, Item(1, "2026-03-01") with { Status = BackfillItemStatus.Skipped }, Item(2, "ä \u2028")];
        await Backfills.CreateBackfillAsync(first, items, Ct);
        await Backfills.CreateBackfillAsync(second, [], Ct);
        (await Backfills.ReadBackfillsAsync(Ct)).ShouldBe([second, first]);
        (await Backfills.ReadBackfillItemsAsync("one", Ct)).ShouldBe(items);
        (await Backfills.ReadBackfillItemsAsync("none", Ct)).ShouldBeEmpty();
        var ended = items[2] with { Status = BackfillItemStatus.Failed, Problem = "Too large" };
        await Backfills.SetBackfillItemAsync("one", ended, Ct);
        await Backfills.SetBackfillItemAsync("one", Item(3, "no such place"), Ct);
        await Backfills.SetBackfillItemAsync("none", ended, Ct);
        (await Backfills.ReadBackfillItemsAsync("one", Ct)).ShouldBe([items[0], items[1], ended]);
        await Should.ThrowAsync<ArgumentException>(async () => await Backfills.CreateBackfillAsync(first, [], Ct));
    }

    [Fact]
    public async Task Cancelling_ends_a_backfill_and_the_items_that_wait()
    {
        await Backfills.CreateBackfillAsync(Backfill("one"), [Item(0, "a") with { Status = BackfillItemStatus.Running }, Item(1, "b"), Item(2, "c") with { Status = BackfillItemStatus.Succeeded }], Ct);
        (await Backfills.SetBackfillStatusAsync("one", BackfillStatus.Paused, null, Ct)).ShouldBeTrue();
        (await Backfills.ReadBackfillsAsync(Ct)).ShouldBe([Backfill("one") with { Status = BackfillStatus.Paused }]);
        (await Backfills.SetBackfillStatusAsync("one", BackfillStatus.Cancelled, Noon.AddHours(1), Ct)).ShouldBeTrue();
        (await Backfills.ReadBackfillsAsync(Ct)).ShouldBe([Backfill("one") with { Status = BackfillStatus.Cancelled, Ended = Noon.AddHours(1) }]);
        (await Backfills.ReadBackfillItemsAsync("one", Ct)).Select(item => item.Status).ShouldBe([BackfillItemStatus.Running, BackfillItemStatus.Cancelled, BackfillItemStatus.Succeeded]);
        var counts = await Backfills.CountBackfillItemsAsync("one", Ct);
        counts.OrderBy(count => count.Key).ShouldBe([new(BackfillItemStatus.Running, 1), new(BackfillItemStatus.Succeeded, 1), new(BackfillItemStatus.Cancelled, 1)]);
        (await Backfills.CountBackfillItemsAsync("none", Ct)).ShouldBeEmpty();
        (await Backfills.SetBackfillStatusAsync("one", BackfillStatus.Running, null, Ct)).ShouldBeFalse();
        (await Backfills.SetBackfillStatusAsync("none", BackfillStatus.Running, null, Ct)).ShouldBeFalse();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
    }

    static BackfillRecord Backfill(string id) => new() { Id = id, Workflow = "Report", Keys = "a … c", Policy = "Missing", Concurrency = 3, Status = BackfillStatus.Running, Created = Noon };

    static BackfillItem Item(int position, string key) => new() { Position = position, Key = key, RunName = $"Report-{key}" };
}

public sealed class InMemoryScheduleStoreTests : ScheduleStoreContract
{
    readonly InMemoryExecutionStore store = new();

    protected override IScheduleStore Schedules => store;

    protected override IBackfillStore Backfills => store;
}

public sealed class SqliteScheduleStoreTests : ScheduleStoreContract
{
    readonly TempFolder folder = new();
    readonly SqliteExecutionStore store;

    public SqliteScheduleStoreTests() => store = new SqliteExecutionStore(folder.Store);

    protected override IScheduleStore Schedules => store;

    protected override IBackfillStore Backfills => store;

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        store.Dispose();
        folder.Dispose();
    }
}
