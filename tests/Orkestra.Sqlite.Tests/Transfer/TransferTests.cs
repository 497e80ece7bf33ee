using System.Text;
using Microsoft.Extensions.Logging;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Transfer;

public sealed class TransferTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_exported_is_imported_as_it_was()
    {
        var exported = new MemoryStream();
        var all = new List<ExecutionRecord>();
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.SaveRevisionAsync(new StateMachineRevision("d951", """{"StartAt":"ä"}"""), Ct);
            var parent = Commits.Record("parent") with { StateMachineVersionArn = "arn:v", StateMachineAliasArn = "arn:a", IsIdle = true, NextDue = Commits.Noon.AddTicks(1) };
            await store.CreateAsync(Commits.Start(parent, ["t1", "t2"]), Ct);
            all.Add(parent);
            for (var i = 0; i < 150; i++)
            {
                var record = Commits.Record($"e{i}", parent: i % 2 == 0 ? new ParentMapRun(parent.Arn, "arn:run", 3) : null);
                await store.CreateAsync(Commits.Start(record), Ct);
                var ended = Commits.Next(
                    record, record with { Status = ExecutionStatus.Failed, StopTime = Commits.Noon.AddSeconds(i), Error = "E", Cause = "line\nbreak", RedriveCount = i, RedriveTime = Commits.Noon.AddTicks(i) }, null,
                    Commits.Answer(1, "value"), new ExecutionSignal(ExecutionSignalKind.TimePassed, 5));
                await store.AppendAsync(ended, Ct);
                all.Add(ended.Execution);
            }

            (await store.ExportAsync(exported, cancellationToken: Ct)).ShouldBe(151);
        }

        var text = Encoding.UTF8.GetString(exported.ToArray());
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(152);
        text.ShouldStartWith("""{"orkestra":"definition","v":1,"hash":"d951",""");

        await using var other = new SqliteExecutionStore(Path.Combine(folder.Path, "other.db"));
        await other.CreateAsync(Commits.Start(Commits.Record("e1")), Ct);
        exported.Position = 0;
        (await other.ImportAsync(exported, Ct)).ShouldBe(new ImportSummary(150, 1));
        exported.Position = 0;
        (await other.ImportAsync(exported, Ct)).ShouldBe(new ImportSummary(0, 151));
        foreach (var record in all.Where(record => record.Name != "e1"))
        {
            (await other.FindAsync(record.Arn, Ct)).ShouldBe(record);
            (await other.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe((int)record.Sequence);
        }

        (await other.FindTokenOwnerAsync("t2", Ct)).ShouldBe(all[0].Arn);
        (await other.ReadDueAsync(Commits.Noon.AddHours(1), 10, Ct)).ShouldBe([all[0]]);
        (await other.QueryAsync(new ExecutionQuery { MapRunArn = "arn:run", Limit = 100 }, Ct)).Executions.Count.ShouldBe(75);
        (await other.FindRevisionAsync("d951", Ct))!.Definition.ShouldBe("""{"StartAt":"ä"}""");
        var commit = Commits.Next(all[4], Commits.Answer(2));
        await other.AppendAsync(commit, Ct);
        (await other.ReadSignalsAsync(all[4].Arn, Ct)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_steps_logged_moves_with_the_execution()
    {
        var exported = new MemoryStream();
        var (chatty, quiet) = (Commits.Record("chatty"), Commits.Record("quiet"));
        StepLogLine[] lines;
        // Two lines were dropped before.
        await using (var store = new SqliteExecutionStore(folder.Store, new StepLogLimits { MaxLines = 3 }))
        {
            await store.CreateAsync(Commits.Start(chatty), Ct);
            await store.CreateAsync(Commits.Start(quiet), Ct);
            await ((IStepLogStore)store).AppendAsync([.. Enumerable.Range(1, 5).Select(i => Line(chatty.Arn, i))], Ct);
            lines = [.. (await ReadAsync(store, chatty.Arn)).Lines];
            lines.Select(line => line.Number).ShouldBe([3L, 4, 5]);
            await store.ExportAsync(exported, cancellationToken: Ct);
        }

        await using var other = new SqliteExecutionStore(Path.Combine(folder.Path, "other.db"));
        for (var i = 0; i < 2; i++)
        {
            exported.Position = 0;
            await other.ImportAsync(exported, Ct);
            var page = await ReadAsync(other, chatty.Arn);
            page.Lines.ShouldBe(lines);
            page.Dropped.ShouldBe(2);
            (await ReadAsync(other, quiet.Arn)).Lines.ShouldBeEmpty();
        }

        await ((IStepLogStore)other).AppendAsync([Line(chatty.Arn, 6)], Ct);
        (await ReadAsync(other, chatty.Arn)).Lines[^1].Number.ShouldBe(6);

        static ValueTask<StepLogPage> ReadAsync(IStepLogStore store, string arn) => store.ReadAsync(new StepLogQuery { ExecutionArn = arn }, Ct);

        static StepLogLine Line(string arn, int i) => new()
        {
            ExecutionArn = arn, StateName = "Räumen", EnteredEventId = 2, Attempt = i, AttemptId = $"{arn}/2-{i}", Time = Commits.Noon.AddTicks(i), Level = LogLevel.Warning, Category = "C",
            Message = $"line {i}\nand more", Exception = i % 2 == 0 ? "System.Exception: x" : null,
        };
    }

    [Fact]
    public async Task Backfills_are_exported_when_everything_is()
    {
        var (exported, some) = (new MemoryStream(), new MemoryStream());
        BackfillItem[] items =
        [
            new() { Position = 0, Key = "2026-03-01", RunName = "R-2026-03-01", EarlierRuns = 2, Status = BackfillItemStatus.Failed, Problem = "no input" },
            new() { Position = 1, Key = "2026-03-02", RunName = "R-2026-03-02", Status = BackfillItemStatus.Pending },
        ];
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            foreach (var id in new[] { "first", "second" }) await store.CreateBackfillAsync(Backfill(id), items, Ct);
            await store.SetBackfillStatusAsync("first", BackfillStatus.Cancelled, Commits.Noon.AddHours(1), Ct);
            (await store.ExportAsync(exported, cancellationToken: Ct)).ShouldBe(0);
            await store.ExportAsync(some, new ExecutionQuery { Status = ExecutionStatus.Failed }, Ct);
        }

        some.Length.ShouldBe(0);
        await using var other = new SqliteExecutionStore(Path.Combine(folder.Path, "other.db"));
        exported.Position = 0;
        (await other.ImportAsync(exported, Ct)).ShouldBe(new ImportSummary(0, 0) { Backfills = 2 });
        exported.Position = 0;
        (await other.ImportAsync(exported, Ct)).ShouldBe(default);
        (await other.ReadBackfillsAsync(Ct)).ShouldBe([Backfill("second"), Backfill("first") with { Status = BackfillStatus.Cancelled, Ended = Commits.Noon.AddHours(1) }]);
        (await other.ReadBackfillItemsAsync("second", Ct)).ShouldBe(items);
        (await other.ReadBackfillItemsAsync("first", Ct)).ShouldBe([items[0], items[1] with { Status = BackfillItemStatus.Cancelled }]);

        static BackfillRecord Backfill(string id) => new()
        {
            Id = id, Workflow = "R", Keys = "2026-03-01 … 2026-03-02", Policy = "Missing", Concurrency = 4, Status = BackfillStatus.Running, Created = Commits.Noon,
        };
    }

    [Theory]
    [InlineData("nonsense", "is not JSON")]
    [InlineData("{}", "neither an execution nor a definition or a backfill")]
    [InlineData("""{"orkestra":"execution","v":2}""", "the form 2")]
    [InlineData("""{"orkestra":"execution","v":1}""", "'signals'")]
    [InlineData("""{"orkestra":"execution","v":1,"signals":[{"v":2,"kind":"Stopped","ticks":1}]}""", "'arn'")]
    [InlineData("""{"orkestra":"definition","v":1}""", "'hash'")]
    public async Task A_line_that_cannot_be_read_is_named(string line, string message)
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        var problem = await Should.ThrowAsync<FormatException>(() => store.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes($"\n{line}\n")), Ct));
        problem.Message.ShouldStartWith("The line 2 cannot be imported. ");
        if (line != "nonsense") problem.Message.ShouldContain(message);
    }
}
