using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Contract;

/// <summary>What every <see cref="IExecutionStore"/> does. A test class of a store derives from it and makes the store.</summary>
public abstract class ExecutionStoreContract : IDisposable
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IExecutionStore Store { get; }

    [Fact]
    public async Task What_is_created_is_found()
    {
        var record = Commits.Record("one", input: JsonValue.Parse("""{"text":"ä \ud83d\ude00","n":1.50,"deep":[[[]]]}"""));
        await Store.CreateAsync(Commits.Start(record), Ct);
        (await Store.FindAsync(record.Arn, Ct)).ShouldBe(record);
        Commits.Texts(await Store.ReadSignalsAsync(record.Arn, Ct)).ShouldBe(Commits.Texts([Commits.Started(record)]));
    }

    [Fact]
    public async Task What_is_not_known_is_not_found()
    {
        (await Store.FindAsync("arn:none", Ct)).ShouldBeNull();
        (await Store.ReadSignalsAsync("arn:none", Ct)).ShouldBeEmpty();
        (await Store.FindTokenOwnerAsync("none", Ct)).ShouldBeNull();
        (await Store.FindRevisionAsync("none", Ct)).ShouldBeNull();
        (await Store.QueryAsync(new ExecutionQuery { StateMachineArn = "arn:none" }, Ct)).Executions.ShouldBeEmpty();
        (await Store.QueryAsync(new ExecutionQuery { MapRunArn = "arn:none" }, Ct)).Executions.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ARN_is_created_once()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        (await Should.ThrowAsync<ExecutionExistsException>(async () => await Store.CreateAsync(Commits.Start(record with { HistoryCount = 9 }), Ct))).ExecutionArn.ShouldBe(record.Arn);
        (await Store.FindAsync(record.Arn, Ct)).ShouldBe(record);
        (await Store.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_that_create_one_ARN_at_once_one_does()
    {
        var record = Commits.Record("one");
        var created = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Store.CreateAsync(Commits.Start(record), Ct);
                return 1;
            }
            catch (ExecutionExistsException)
            {
                return 0;
            }
        })));
        created.Sum().ShouldBe(1);
        (await Store.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_that_blocks_when_its_commit_is_stored_keeps_no_other_back()
    {
        using var stored = new CountdownEvent(4);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            await Store.CreateAsync(Commits.Start(Commits.Record($"blocks-{i}")), Ct).ConfigureAwait(false);
            stored.Signal();
            stored.Wait(TimeSpan.FromMinutes(1), Ct).ShouldBeTrue();
        })));
    }

    [Fact]
    public async Task Signals_are_appended_in_order_and_the_record_follows()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        var wanted = new List<ExecutionSignal> { Commits.Started(record) };
        for (var i = 1; i <= 40; i += 2)
        {
            ExecutionSignal[] signals = [Commits.Answer(i), new(ExecutionSignalKind.TimePassed, Commits.Noon.UtcTicks + i + 1)];
            var commit = Commits.Next(record, signals);
            await Store.AppendAsync(commit, Ct);
            record = commit.Execution;
            wanted.AddRange(signals);
            (await Store.FindAsync(record.Arn, Ct)).ShouldBe(record);
            Commits.Texts(await Store.ReadSignalsAsync(record.Arn, Ct)).ShouldBe(Commits.Texts(wanted));
        }
    }

    [Fact]
    public async Task An_append_that_expects_another_number_of_signals_stores_nothing()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record, ["kept"]), Ct);
        foreach (var sequence in new long[] { 0, 2, 3 })
        {
            var commit = Commits.Next(record with { Sequence = sequence }, record with { Status = ExecutionStatus.Failed }, ["other"], Commits.Answer(1));
            (await Should.ThrowAsync<SequenceConflictException>(async () => await Store.AppendAsync(commit, Ct))).ExecutionArn.ShouldBe(record.Arn);
        }

        (await Store.FindAsync(record.Arn, Ct)).ShouldBe(record);
        (await Store.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe(1);
        (await Store.FindTokenOwnerAsync("kept", Ct)).ShouldBe(record.Arn);
        (await Store.FindTokenOwnerAsync("other", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task An_append_to_what_is_not_known_is_a_conflict() =>
        await Should.ThrowAsync<SequenceConflictException>(async () => await Store.AppendAsync(Commits.Next(Commits.Record("none"), Commits.Answer(1)), Ct));

    [Fact]
    public async Task Of_many_that_append_the_same_place_one_does()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        for (var round = 0; round < 10; round++)
        {
            var before = record;
            var appended = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                try
                {
                    await Store.AppendAsync(Commits.Next(before, Commits.Answer(i)), Ct);
                    return 1;
                }
                catch (SequenceConflictException)
                {
                    return 0;
                }
            })));
            appended.Sum().ShouldBe(1);
            record = (await Store.FindAsync(record.Arn, Ct))!;
            record.Sequence.ShouldBe(before.Sequence + 1);
        }
    }

    [Fact]
    public async Task An_end_is_kept_with_output_or_error()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        var ended = Commits.Next(record, record with { Status = ExecutionStatus.Succeeded, StopTime = Commits.Noon.AddSeconds(1), Output = JsonValue.Parse("[1.0]") }, [], Commits.Answer(1));
        await Store.AppendAsync(ended, Ct);
        (await Store.FindAsync(record.Arn, Ct)).ShouldBe(ended.Execution);

        var other = Commits.Record("two");
        await Store.CreateAsync(Commits.Start(other), Ct);
        var failed = Commits.Next(other, other with { Status = ExecutionStatus.Failed, StopTime = Commits.Noon, Error = "E\ud800", Cause = "because" }, null, Commits.Answer(1));
        await Store.AppendAsync(failed, Ct);
        (await Store.FindAsync(other.Arn, Ct)).ShouldBe(failed.Execution);

        var redriven = Commits.Next(
            failed.Execution, failed.Execution with { Status = ExecutionStatus.Running, StopTime = null, Error = null, Cause = null, RedriveCount = 1, RedriveTime = Commits.Noon.AddTicks(7) }, null,
            new ExecutionSignal(ExecutionSignalKind.Redriven, Commits.Noon.UtcTicks));
        await Store.AppendAsync(redriven, Ct);
        (await Store.FindAsync(other.Arn, Ct)).ShouldBe(redriven.Execution);
        (await Store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, Ct)).Executions.ShouldBe([redriven.Execution]);
    }

    [Fact]
    public async Task Signals_of_every_kind_come_back_as_they_were()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        var task = new TaskId(3, 700);
        var ending = new ChildEnding { Status = ExecutionStatus.TimedOut, StartTime = new DateTimeOffset(5, TimeSpan.Zero), StopTime = new DateTimeOffset(9, TimeSpan.Zero) };
        ExecutionSignal[] signals =
        [
            .. Enum.GetValues<ExecutionSignalKind>().Where(kind => kind is not ExecutionSignalKind.Started).Select(kind => new ExecutionSignal(
                kind, Commits.Noon.UtcTicks, task, kind == ExecutionSignalKind.ItemsRead ? JsonValue.Parse("[1,2]") : JsonObject.Create(("a", 1)), "Error.Name", "A cause: ä",
                kind is ExecutionSignalKind.ChildSucceeded or ExecutionSignalKind.ChildFailed ? ending : null, 12, "State")),
            new(ExecutionSignalKind.TaskFailed, 1, error: "half \ud800", cause: "\udc00 pair"),
            new(ExecutionSignalKind.TaskSucceeded, 1, task, Hosting.LambdaResponse.Wrap(JsonValue.Parse("""{"x":"y"}"""))),
            new(ExecutionSignalKind.TaskSucceeded, 1, task, "half \ud800"),
            new(ExecutionSignalKind.ChildFailed, 1, task, JsonValue.Null, details: ending, index: int.MaxValue),
            new(ExecutionSignalKind.ItemsRead, 1, task, JsonValue.Parse("[1,2,3]"), details: new ItemOrigin[] { new("S3://bucket/key", 2, HasKeys: true), new(null, 1, HasKeys: false) }),
        ];
        await Store.AppendAsync(Commits.Next(record, signals), Ct);
        Commits.Texts((await Store.ReadSignalsAsync(record.Arn, Ct)).Skip(1)).ShouldBe(Commits.Texts(signals));
    }

    [Fact]
    public async Task Large_values_come_back_as_they_were()
    {
        var large = JsonObject.Create(("text", new string('x', 260_000)), ("more", JsonArray.Create(Enumerable.Range(0, 5_000).Select(i => (JsonValue)i))));
        var record = Commits.Record("one", input: large);
        await Store.CreateAsync(Commits.Start(record), Ct);
        await Store.AppendAsync(Commits.Next(record, Commits.Answer(1, large)), Ct);
        (await Store.FindAsync(record.Arn, Ct))!.Input.ShouldBe(large);
        (await Store.ReadSignalsAsync(record.Arn, Ct))[1].Value.ShouldBe(large);
    }

    [Fact]
    public async Task Tokens_lead_to_their_execution_until_they_are_replaced()
    {
        var one = Commits.Record("one");
        var two = Commits.Record("two");
        await Store.CreateAsync(Commits.Start(one, ["a", "b"]), Ct);
        await Store.CreateAsync(Commits.Start(two, ["c"]), Ct);
        (await Store.FindTokenOwnerAsync("a", Ct)).ShouldBe(one.Arn);
        (await Store.FindTokenOwnerAsync("b", Ct)).ShouldBe(one.Arn);
        (await Store.FindTokenOwnerAsync("c", Ct)).ShouldBe(two.Arn);
        var next = Commits.Next(one, one, null, Commits.Answer(1));
        await Store.AppendAsync(next, Ct);
        (await Store.FindTokenOwnerAsync("a", Ct)).ShouldBe(one.Arn, "null leaves them as they are");
        next = Commits.Next(next.Execution, next.Execution, ["b", "d"], Commits.Answer(2));
        await Store.AppendAsync(next, Ct);
        (await Store.FindTokenOwnerAsync("a", Ct)).ShouldBeNull();
        (await Store.FindTokenOwnerAsync("b", Ct)).ShouldBe(one.Arn);
        (await Store.FindTokenOwnerAsync("d", Ct)).ShouldBe(one.Arn);
        await Store.AppendAsync(Commits.Next(next.Execution, next.Execution, [], Commits.Answer(3)), Ct);
        (await Store.FindTokenOwnerAsync("d", Ct)).ShouldBeNull();
        (await Store.FindTokenOwnerAsync("c", Ct)).ShouldBe(two.Arn);
    }

    [Fact]
    public async Task Revisions_are_kept_by_their_hash()
    {
        await Store.SaveRevisionAsync(new StateMachineRevision("h1", """{"a":1}"""), Ct);
        await Store.SaveRevisionAsync(new StateMachineRevision("h1", """{"a":1}"""), Ct);
        await Store.SaveRevisionAsync(new StateMachineRevision("h2", """{"b":"ä"}"""), Ct);
        (await Store.FindRevisionAsync("h1", Ct)).ShouldBe(new StateMachineRevision("h1", """{"a":1}"""));
        (await Store.FindRevisionAsync("h2", Ct)).ShouldBe(new StateMachineRevision("h2", """{"b":"ä"}"""));
    }

    [Fact]
    public async Task Executions_that_wait_are_found_when_they_are_due_earliest_first()
    {
        async Task<ExecutionRecord> Wait(string name, TimeSpan? due, bool isIdle = true)
        {
            var record = Commits.Record(name) with { IsIdle = isIdle, NextDue = due is { } time ? Commits.Noon + time : null };
            await Store.CreateAsync(Commits.Start(record), Ct);
            return record;
        }

        var late = await Wait("late", TimeSpan.FromHours(2));
        var early = await Wait("early", TimeSpan.FromHours(1));
        await Wait("never", null);
        await Wait("works", TimeSpan.FromMinutes(1), isIdle: false);
        var ended = await Wait("ended", TimeSpan.FromMinutes(1));
        await Store.AppendAsync(Commits.Next(ended, ended with { Status = ExecutionStatus.Aborted, IsIdle = false, StopTime = Commits.Noon }, null, Commits.Answer(1)), Ct);
        var awake = await Wait("awake", TimeSpan.FromMinutes(1));
        await Store.AppendAsync(Commits.Next(awake, awake with { IsIdle = false }, null, Commits.Answer(1)), Ct);
        (await Store.ReadDueAsync(Commits.Noon.AddMinutes(59), 10, Ct)).ShouldBeEmpty();
        (await Store.ReadDueAsync(Commits.Noon.AddHours(1), 10, Ct)).ShouldBe([early]);
        (await Store.ReadDueAsync(Commits.Noon.AddHours(3), 10, Ct)).ShouldBe([early, late]);
        (await Store.ReadDueAsync(Commits.Noon.AddHours(3), 1, Ct)).ShouldBe([early]);
    }

    [Fact]
    public async Task Queries_find_by_machine_status_name_and_time()
    {
        var parent = new ParentMapRun("arn:parent", "arn:run", 2);
        var records = new List<ExecutionRecord>();
        foreach (var (name, machine, minutes, run) in new (string, string, int, ParentMapRun?)[]
                 {
                     ("a-1", "Orders", 0, null), ("a-2", "Orders", 5, null), ("b-1", "Orders", 5, null), ("a-3", "Bills", 7, null), ("ä\ud83d\ude00", "Bills", 9, null), ("child-1", "Orders", 6, parent),
                 })
        {
            var record = Commits.Record(name, machine, Commits.Noon.AddMinutes(minutes), run) with
            {
                StateMachineVersionArn = name == "a-1" ? "arn:version:1" : null,
                StateMachineAliasArn = name is "a-1" or "b-1" ? "arn:alias" : null,
                RedriveCount = name == "a-3" ? 2 : 0,
            };
            await Store.CreateAsync(Commits.Start(record), Ct);
            records.Add(record);
        }

        var ended = Commits.Next(records[1], records[1] with { Status = ExecutionStatus.Succeeded, StopTime = Commits.Noon, Output = 1 }, null, Commits.Answer(1));
        await Store.AppendAsync(ended, Ct);
        records[1] = ended.Execution;

        await Check(new ExecutionQuery());
        await Check(new ExecutionQuery { StateMachineArn = records[0].StateMachineArn });
        await Check(new ExecutionQuery { StateMachineArn = "arn:unknown" });
        await Check(new ExecutionQuery { Status = ExecutionStatus.Running });
        await Check(new ExecutionQuery { Status = ExecutionStatus.Succeeded });
        await Check(new ExecutionQuery { StateMachineArn = records[0].StateMachineArn, Status = ExecutionStatus.Running });
        await Check(new ExecutionQuery { NamePrefix = "a-" });
        await Check(new ExecutionQuery { NamePrefix = "ä\ud83d" });
        await Check(new ExecutionQuery { NamePrefix = "%" });
        await Check(new ExecutionQuery { StateMachineVersionArn = "arn:version:1" });
        await Check(new ExecutionQuery { StateMachineVersionArn = "arn:version:2" });
        await Check(new ExecutionQuery { StateMachineAliasArn = "arn:alias" });
        await Check(new ExecutionQuery { StateMachineAliasArn = "arn:alias", NamePrefix = "b" });
        await Check(new ExecutionQuery { IsRedriven = true });
        await Check(new ExecutionQuery { IsRedriven = false });
        await Check(new ExecutionQuery { StartedFrom = Commits.Noon.AddMinutes(5) });
        await Check(new ExecutionQuery { StartedBefore = Commits.Noon.AddMinutes(5) });
        await Check(new ExecutionQuery { StartedFrom = Commits.Noon.AddMinutes(5), StartedBefore = Commits.Noon.AddMinutes(7), StateMachineArn = records[0].StateMachineArn });
        await Check(new ExecutionQuery { MapRunArn = "arn:run" });
        await Check(new ExecutionQuery { MapRunArn = "arn:run", Status = ExecutionStatus.Succeeded });

        async Task Check(ExecutionQuery query)
        {
            var wanted = records.Where(query.Matches).OrderByDescending(record => record.StartTime).ThenByDescending(record => record.Arn, StringComparer.Ordinal).ToArray();
            var page = await Store.QueryAsync(query, Ct);
            page.Executions.SequenceEqual(wanted).ShouldBeTrue($"{query}");
            page.NextToken.ShouldBeNull();
            // Page by page.
            var found = new List<ExecutionRecord>();
            string? token = null;
            do
            {
                page = await Store.QueryAsync(query with { Limit = 1, PageToken = token }, Ct);
                page.Executions.Count.ShouldBeLessThanOrEqualTo(1);
                found.AddRange(page.Executions);
                token = page.NextToken;
            }
            while (token is not null);
            found.SequenceEqual(wanted).ShouldBeTrue($"page by page, {query}");
        }
    }

    [Fact]
    public async Task Pages_stay_as_they_are_while_executions_arrive()
    {
        // Names whose order by UTF-8 differs from that by UTF-16.
        string[] names = ["a", "b", "c", "\uffe0", "\ud83d\ude00", "d", "e", "z"];
        foreach (var name in names) await Store.CreateAsync(Commits.Start(Commits.Record(name)), Ct);
        var found = new List<string>();
        string? token = null;
        for (var page = 0; page == 0 || token is not null; page++)
        {
            var executions = await Store.QueryAsync(new ExecutionQuery { Limit = 3, PageToken = token }, Ct);
            found.AddRange(executions.Executions.Select(execution => execution.Name));
            token = executions.NextToken;
            await Store.CreateAsync(Commits.Start(Commits.Record($"later-{page}", start: Commits.Noon.AddMinutes(1))), Ct);
        }

        found.ShouldBe(names.OrderDescending(StringComparer.Ordinal));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.QueryAsync(new ExecutionQuery { PageToken = "nonsense" }, Ct));
    }

    [Fact]
    public async Task A_call_that_was_given_up_stores_nothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var record = Commits.Record("one");
        try
        {
            await Store.CreateAsync(Commits.Start(record), source.Token);
        }
        catch (OperationCanceledException)
        {
            (await Store.FindAsync(record.Arn, Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task Memory_of_a_commit_may_be_used_again_after_the_call()
    {
        var record = Commits.Record("one");
        await Store.CreateAsync(Commits.Start(record), Ct);
        var signals = new[] { Commits.Answer(1) };
        var commit = Commits.Next(record, signals);
        await Store.AppendAsync(commit, Ct);
        signals[0] = Commits.Answer(99);
        Commits.Texts((await Store.ReadSignalsAsync(record.Arn, Ct)).Skip(1)).ShouldBe(Commits.Texts([Commits.Answer(1)]));
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
    }
}
