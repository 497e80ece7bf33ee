using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;
using static Orkestra.Authoring.Workflow;

namespace Orkestra.Tests.Authoring;

/// <summary>What runs when something fails, and in which order.</summary>
public sealed class RecoveryTests
{
    readonly List<string> log = [];

    Step<int, int> Do(string name, Action<int>? work = null) => new(number =>
    {
        Note($"{name} {number}");
        work?.Invoke(number);
        return number + 1;
    })
    { Name = name };

    Step<int, Nothing> Undo(string name, Action<int>? work = null) => new(number =>
    {
        Note($"{name} {number}");
        work?.Invoke(number);
    })
    { Name = name };

    void Note(string text)
    {
        lock (log) log.Add(text);
    }

    static void Break(int number) => throw new FormatException($"broke at {number}");

    static async Task<(string? Error, string? Output)> Run(Flow<int, int> flow, int input = 1)
    {
        var result = await TestWorkflow.Of(flow).ExecuteAsync(input, OrkestraOptions.SkippingTime);
        return (result.Execution.Error, result.Output?.ToJson());
    }

    [Fact]
    public async Task A_saga_undoes_in_reverse_order()
    {
        var flow = Do("A").CompensateWith(Undo("UndoA")) >> Do("B") >> Do("C").CompensateWith((before, after) => Undo("UndoC").With(before * 100 + after)) >> Do("D", Break) >> Do("E");
        (await Run(flow)).ShouldBe(("FormatException", null));
        log.ShouldBe(["A 1", "B 2", "C 3", "D 4", "UndoC 304", "UndoA 2"]);
    }

    [Fact]
    public async Task A_saga_undoes_nothing_when_all_goes_well_or_before_the_first()
    {
        (await Run(Do("A").CompensateWith(Undo("UndoA")) >> Do("B"))).ShouldBe((null, "3"));
        log.ShouldBe(["A 1", "B 2"]);
        log.Clear();
        (await Run(Do("A", Break).CompensateWith(Undo("UndoA")) >> Do("B"))).Error.ShouldBe("FormatException");
        (await Run(Do("Z", Break) >> Do("A").CompensateWith(Undo("UndoA")) >> Do("B"))).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 1", "Z 1"]);
    }

    [Fact]
    public async Task A_step_that_fails_is_not_undone_itself()
    {
        (await Run(Do("A").CompensateWith(Undo("UndoA")) >> Do("B", Break).CompensateWith(Undo("UndoB")) >> Do("C"))).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 1", "B 2", "UndoA 2"]);
    }

    [Fact]
    public async Task A_compensation_that_fails_does_not_stop_the_others()
    {
        var flow = Do("A").CompensateWith(Undo("UndoA")) >> Do("B").CompensateWith(Undo("UndoB", _ => throw new IOException("gone"))) >> Do("C", Break);
        (await Run(flow)).Error.ShouldBe("IOException");
        log.ShouldBe(["A 1", "B 2", "C 3", "UndoB 3", "UndoA 2"]);
    }

    [Fact]
    public async Task A_saga_in_a_try_can_be_caught()
    {
        var flow = Try(Do("A").CompensateWith(Undo("UndoA")) >> Do("B", Break)).Catch<FormatException>((input, error) => input * 1000) >> Do("After");
        (await Run(flow, 7)).ShouldBe((null, "7001"));
        log.ShouldBe(["A 7", "B 8", "UndoA 8", "After 7000"]);
    }

    [Theory]
    [InlineData(1, "A 1|B 2|UndoA 2")]
    [InlineData(5, "A 5|D 6|UndoA 6")]
    [InlineData(20, "A 20|UndoA 21")]
    public async Task Choices_loops_and_ends_after_it_are_guarded(int input, string expected)
    {
        var flow = Do("A").CompensateWith(Undo("UndoA")).Switch()
            .Case(number => number < 5, Do("B", Break) >> Do("C"))
            .Case(number => number < 10, Do("D", Break).RepeatWhile(number => number < 10, limit: 3))
            .Default(Flow.Fail<int, int>(number => new FormatException($"{number} is too much")));
        (await Run(flow, input)).Error.ShouldBe("FormatException");
        log.ShouldBe(expected.Split('|'));
    }

    [Fact]
    public async Task Branches_maps_and_captures_after_it_are_guarded()
    {
        var flow = Do("A").CompensateWith(Undo("UndoA")) >> All(Do("B"), Do("C", Break)).Select(both => both.Item1);
        (await Run(flow)).Error.ShouldBe("FormatException");
        log[^1].ShouldBe("UndoA 2");
        var captured = Do("A").CompensateWith(Undo("UndoA")) >> Do("C", Break).Capture().Select(outcome => outcome.IsSuccess ? 1 : 0);
        (await Run(captured)).ShouldBe((null, "0"));
        var caught = Do("A").CompensateWith(Undo("UndoA")) >> Do("C", Break).Catch<FormatException>((_, _) => -1) >> Do("D");
        (await Run(caught)).ShouldBe((null, "0"));
    }

    [Fact]
    public async Task Each_branch_and_element_has_its_own_saga()
    {
        var element = Do("A").CompensateWith(Undo("UndoA")) >> Do("B", number => { if (number == 3) Break(number); });
        var result = await TestWorkflow.Of(element.MapOutcomes().Select(outcomes => outcomes.Count(outcome => outcome.IsSuccess))).RunAsync([1, 2, 3]);
        result.ShouldBe(2);
        log.Where(line => line.StartsWith("Undo", StringComparison.Ordinal)).ShouldBe(["UndoA 3"]);
    }

    [Fact]
    public async Task A_compensation_can_be_a_chain()
    {
        var flow = Do("A").CompensateWith(Do("UndoA") >> Undo("Mail")) >> Do("B", Break);
        (await Run(flow)).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 1", "B 2", "UndoA 2", "Mail 3"]);
    }

    [Fact]
    public void A_compensation_that_cannot_be_is_refused()
    {
        var compensated = Do("A").CompensateWith(Undo("UndoA"));
        Refused(Flow.Input<int>().When(number => number > 1, compensated >> Do("B"))).ShouldContain("is inside a choice, a loop, a handler or a query");
        Refused(compensated.Retry(3) >> Do("B")).ShouldContain("has nothing after it that could fail");
        Refused(compensated.When(number => number > 1, Flow.Succeed<int, int>()) >> Do("B")).ShouldContain("ends the workflow with Flow.Succeed after a step that has a compensation");
    }

    [Fact]
    public async Task Finally_runs_in_any_case()
    {
        (await Run(Do("A").Finally(Undo("Last")) >> Do("B"))).ShouldBe((null, "3"));
        (await Run(Try(Do("A") >> Do("B", Break)).Finally(Undo("Last")))).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 1", "Last 1", "B 2", "A 1", "B 2", "Last 1"]);
    }

    [Fact]
    public async Task What_accepts_anything_runs_last_or_undoes_whatever_the_types_are()
    {
        var last = new Step<object?, Nothing>(input => log.Add($"Last {input}"), "AnyLast");
        var undo = new Step<object?, int>(input =>
        {
            log.Add($"Undo {input}");
            return 0;
        }, "AnyUndo");
        (await Run(Do("A").Finally(last) >> Do("B"))).ShouldBe((null, "3"));
        (await Run(Do("A").CompensateWith(undo) >> Do("B", Break))).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 1", "Last 1", "B 2", "A 1", "B 2", "Undo 2"]);
    }

    [Fact]
    public async Task An_error_of_finally_takes_the_place_of_the_first()
    {
        (await Run(Do("A", Break).Finally(Undo("Last", _ => throw new IOException("gone"))))).Error.ShouldBe("IOException");
        (await Run(Try(Do("A", Break).Catch<IOException>((_, _) => 0).Finally(Undo("Last"))).Catch<FormatException>((_, error) => error.Message.Length))).Output.ShouldBe("10");
    }

    [Fact]
    public async Task Finally_nests()
    {
        var flow = Try(Do("A").Finally(Undo("Inner")) >> Do("B", Break)).Finally(Undo("Outer"));
        (await Run(flow, 3)).Error.ShouldBe("FormatException");
        log.ShouldBe(["A 3", "Inner 3", "B 4", "Outer 3"]);
    }

    [Fact]
    public async Task A_typed_error_matches_derived_exceptions_and_timeouts()
    {
        (await Run(Do("A", _ => throw new OutOfStockException("none left", 3)).Catch<OutOfStockException>((input, error) => input * 10 + error.Left))).Output.ShouldBe("13");
        (await Run(Do("A", _ => throw new SoldOutException(5)).Catch<OutOfStockException>((input, error) => input * 10 + error.Left))).Output.ShouldBe("15");
        (await Run(Do("A", _ => throw new TimeoutException("slow")).Catch<TimeoutException>((_, error) => error.Message.Length))).Output.ShouldBe("4");
        var thrown = Try(Flow.Input<int>() >> Flow.Fail<int, int>(number => new OutOfStockException($"at {number}"))).Catch<OutOfStockException>((_, error) => error.Message.Length * 100 + error.Left);
        (await Run(thrown)).Output.ShouldBe("400");
    }

    [Fact]
    public void A_handler_reads_what_travels_only() =>
        Refused(Do("A").Catch<FormatException>((_, error) => error.StackTrace!.Length)).ShouldContain("'StackTrace' of an exception does not travel");

    [Fact]
    public async Task Only_what_a_handler_reads_is_in_the_cause()
    {
        var step = Do("A", _ => throw new OutOfStockException("none left", 3) { Shelf = "B7" });
        var result = await TestWorkflow.Of(step.Catch<OutOfStockException>((_, error) => error.Left) >> step).ExecuteAsync(1);
        JsonValue.Parse(result.Execution.Cause!)["errorData"]!.ToJson().ShouldBe("{\"left\":3}");
        var untyped = await TestWorkflow.Of(step).ExecuteAsync(1);
        JsonValue.Parse(untyped.Execution.Cause!)["errorData"].ShouldBeNull();
    }

    [Fact]
    public async Task A_loop_and_a_poll_that_give_up_can_be_caught()
    {
        (await Run(Do("A").RepeatWhile(number => number > 0, limit: 3).Catch<RepeatLimitException>((input, _) => -input))).Output.ShouldBe("-1");
        log.ShouldBe(["A 1", "A 2", "A 3"]);
        log.Clear();
        (await Run(Do("B").PollUntil(number => number < 0, every: TimeSpan.FromMinutes(10), giveUpAfter: TimeSpan.FromHours(1)).Catch<TimeoutException>((input, _) => -input))).Output.ShouldBe("-1");
        log.ShouldBe(Enumerable.Repeat("B 1", 7));
    }

    [Fact]
    public void A_heartbeat_belongs_to_a_task() =>
        Refused(Try(Do("A") >> Do("B")).Heartbeat(TimeSpan.FromSeconds(3))).ShouldContain("has a heartbeat, but only a step can have one");

    [Fact]
    public void An_early_end_has_to_fit_what_it_ends()
    {
        Step<int, string> text = new(number => $"{number}") { Name = "Text" };
        Refused(Do("A").When(number => number > 3, Flow.Succeed<int, int>()) >> text).ShouldContain("The workflow Test gives string");
    }

    [Fact]
    public async Task An_early_end_ends_what_it_is_in()
    {
        var inner = Do("A").When(number => number > 3, Flow.Succeed<int, int>()) >> Do("B");
        (await Run(Try(inner) >> Do("C"), 7)).ShouldBe((null, "9"));
        log.ShouldBe(["A 7", "C 8"]);
    }

    static string Refused<TIn, TOut>(Flow<TIn, TOut> flow) => Should.Throw<WorkflowException>(() => TestWorkflow.Of(flow).Compile()).Message;

    public class OutOfStockException(string message, int left = 0) : Exception(message)
    {
        public int Left { get; } = left;

        public string? Shelf { get; init; }
    }

    public sealed class SoldOutException(int left) : OutOfStockException("sold out", left);
}
