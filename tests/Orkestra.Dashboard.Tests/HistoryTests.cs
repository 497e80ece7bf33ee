using Orkestra.Asl;
using Orkestra.Dashboard.Runs;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Dashboard.Tests;

/// <summary>What pages make of a history.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task A_fail_state_in_a_branch_whose_error_is_caught_has_failed()
    {
        var history = await HistoryAsync("""
            {"StartAt":"Both","States":{"Both":{"Type":"Parallel","Branches":[
              {"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":60,"End":true}}},
              {"StartAt":"Stop","States":{"Stop":{"Type":"Fail","Error":"Enough","Cause":"by design"}}}],
              "Catch":[{"ErrorEquals":["States.ALL"],"Next":"After"}],"End":true},"After":{"Type":"Pass","End":true}}}
            """);
        history.Visits.Select(visit => (visit.Name, visit.Status)).ShouldBe(
            [("Both", VisitStatus.Caught), ("Stop", VisitStatus.Failed), ("Rest", VisitStatus.Aborted), ("After", VisitStatus.Succeeded)], ignoreOrder: true);
        history.Ways.ShouldContain(("Both", "After"));
        history.Ways.ShouldContain(("After", null));
        history.Ways.ShouldNotContain(way => way.From == "Stop");
    }

    [Fact]
    public async Task What_works_when_the_time_of_the_run_is_over_has_timed_out()
    {
        var history = await HistoryAsync("""{"TimeoutSeconds":5,"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":60,"Next":"After"},"After":{"Type":"Pass","End":true}}}""");
        var rest = history.Visits.Single();
        (rest.Status, (rest.Left! - rest.Entered).Value.TotalSeconds).ShouldBe((VisitStatus.TimedOut, 5));
    }

    [Fact]
    public async Task A_redrive_of_a_map_ends_well_with_the_iterations_it_does_again()
    {
        var tasks = new FailsFirst();
        await using var runtime = new OrkestraRuntime(tasks, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
        runtime.StateMachines.Add("Nested", ExecutionPlan.Compile(AslReader.Parse("""
            {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemProcessor":{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:work","End":true}}},"End":true}}}
            """)));
        var run = await runtime.StartAsync("Nested", JsonValue.Parse("[1,2]"));
        await run.Completion;
        var failed = Of(await runtime.ReadHistoryAsync(run.Arn));
        failed.Visits[0].Status.ShouldBe(VisitStatus.Failed);
        failed.Visits[0].IterationStatuses.Values.ShouldContain(VisitStatus.Failed);
        await (await runtime.RedriveAsync(run.Arn)).Completion;
        var again = Of(await runtime.ReadHistoryAsync(run.Arn));
        var last = again.Visits.Last(visit => visit.Name == "Each");
        (last.Status, last.Error).ShouldBe((VisitStatus.Succeeded, null));
        again.Visits.Where(visit => visit.Name == "Work").TakeLast(2).Select(visit => (visit.Status, visit.Iteration, visit.Parent)).ShouldBe(
            [(VisitStatus.Succeeded, 0, last), (VisitStatus.Succeeded, 1, last)], ignoreOrder: true);
        again.Visits.SelectMany(visit => visit.EventIds).Count().ShouldBeLessThanOrEqualTo(again.Count);
    }

    static async Task<RunHistory> HistoryAsync(string definition)
    {
        await using var runtime = new OrkestraRuntime(options: OrkestraOptions.SkippingTime);
        runtime.StateMachines.Add("Only", ExecutionPlan.Compile(AslReader.Parse(definition)));
        var run = await runtime.StartAsync("Only", JsonObject.Empty);
        await run.Completion;
        return Of(await runtime.ReadHistoryAsync(run.Arn));
    }

    static RunHistory Of(IEnumerable<HistoryEvent> events)
    {
        var history = new RunHistory();
        foreach (var happened in events) history.Add(happened);
        return history;
    }

    sealed class FailsFirst : ITaskInvoker
    {
        int calls;

        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) =>
            new(Interlocked.Increment(ref calls) == 1 ? TaskOutcome.Failure("Bad", "first") : TaskOutcome.Result(invocation.Input));
    }
}
