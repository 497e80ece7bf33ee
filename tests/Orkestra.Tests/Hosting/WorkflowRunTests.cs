using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Tests.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

public sealed class WorkflowRunTests
{
    static readonly Step<Nothing, int> One = new(_ => 1);
    static readonly Step<int, int> AddOne = new(number => number + 1);
    static readonly Step<int, int> Divide = new(number => 12 / number);
    static readonly Step<object?, string> Throw = new(_ => throw new InvalidOperationException("assert false"));
    static readonly Step<int, int[]> Count = new(number => [.. Enumerable.Range(0, number)]);

    [Fact]
    public async Task A_chain_runs() => (await TestWorkflow.Of(One >> AddOne >> AddOne).RunAsync()).ShouldBe(3);

    [Fact]
    public async Task An_input_is_given() => (await TestWorkflow.Of(AddOne >> AddOne).RunAsync(40)).ShouldBe(42);

    [Fact]
    public async Task A_list_gives_an_array()
    {
        var outputs = await TestWorkflow.Of((One >> [AddOne, AddOne >> AddOne]).As<int[]>()).RunAsync();
        outputs.ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_tuple_gives_outcomes_and_goes_on()
    {
        var (value, error) = await TestWorkflow.Of(One >> (AddOne, Throw)).RunAsync();
        value.Value.ShouldBe(2);
        error.IsSuccess.ShouldBeFalse();
        error.Error.ShouldBe("InvalidOperationException");
        error.Failure!.Message.ShouldBe("assert false");
        Should.Throw<InvalidOperationException>(() => error.Value).Message.ShouldContain("assert false");
    }

    [Fact]
    public async Task A_captured_flow_of_several_steps_gives_its_value_or_its_error()
    {
        var (value, error) = await TestWorkflow.Of(One >> (AddOne >> AddOne, AddOne >> Throw >> new Step<string, string>(text => text) { Name = "Never" })).RunAsync();
        value.Value.ShouldBe(3);
        error.Error.ShouldBe("InvalidOperationException");
    }

    [Fact]
    public async Task All_gives_values() => (await TestWorkflow.Of(One >> Workflow.All(AddOne, Flow.Input<int>(), Count)).RunAsync()).Item1.ShouldBe(2);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Arrays_stay_arrays_whatever_their_length(int length)
    {
        (await TestWorkflow.Of(Count >> AddOne.Map()).RunAsync(length)).ShouldBe(Enumerable.Range(1, length));
        (await TestWorkflow.Of((Count >> AddOne.Map()).Retry()).RunAsync(length)).ShouldBe(Enumerable.Range(1, length));
        (await TestWorkflow.Of(Count.Select(numbers => numbers.Where(number => number >= 0).ToArray())).RunAsync(length)).ShouldBe(Enumerable.Range(0, length));
        (await TestWorkflow.Of((Count >> AddOne.Map()).Capture()).RunAsync(length)).Value.ShouldBe(Enumerable.Range(1, length));
    }

    [Fact]
    public async Task Captured_errors_of_a_map_stand_where_they_happened()
    {
        var outcomes = await TestWorkflow.Of(Count >> Divide.MapOutcomes(maxConcurrency: 2)).RunAsync(3);
        outcomes.Select(outcome => outcome.IsSuccess).ShouldBe([false, true, true]);
        outcomes[0].Error.ShouldBe("DivideByZeroException");
        outcomes[2].Value.ShouldBe(6);
    }

    [Fact]
    public async Task A_failed_run_throws_what_the_step_threw()
    {
        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => TestWorkflow.Of(One >> AddOne >> Throw).RunAsync());
        failed.Message.ShouldBe("The run of Test failed in 'Throw' with InvalidOperationException: assert false");
        failed.InnerException.ShouldBeOfType<InvalidOperationException>().StackTrace!.ShouldContain(nameof(WorkflowRunTests));
        failed.Result.StepFailure!.Input.ShouldBe(2);
        failed.Result.FailedState.ShouldBe("Throw");
    }

    [Fact]
    public async Task The_first_error_of_a_list_fails_the_run()
    {
        var result = await TestWorkflow.Of(One >> [AddOne, Throw]).ExecuteAsync();
        result.IsSuccess.ShouldBeFalse();
        result.Execution.Error.ShouldBe("InvalidOperationException");
        result.FailedState.ShouldBe("Throw");
        result.FailedInput.ShouldBe(1);
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_fails_with_a_sentence()
    {
        Step<Item, string> nameOf = new(item => item.Name) { Name = "NameOf", TolerantReader = true };
        var result = await TestWorkflow.Of((One >> AddOne).As<Item>() >> nameOf).ExecuteAsync();
        result.Execution.Error.ShouldBe("PayloadException");
        new Orkestra.Authoring.Failure("", result.Execution.Cause).Message.ShouldStartWith("Step 'NameOf' cannot read its input. The payload is a number and does not fit the type Item:");
    }

    [Fact]
    public async Task A_payload_beyond_the_limit_names_its_size_and_the_limit()
    {
        Step<int, string> big = new(number => new string('x', number)) { Name = "Big" };
        (await Should.ThrowAsync<WorkflowFailedException>(() => TestWorkflow.Of(big).RunAsync(300_000))).Message.ShouldBe(
            "The run of Test failed in 'Big' with States.DataLimitExceeded: the output has 300,002 bytes, and the limit is 262,144. Store the data, such as in S3, and pass a reference to it.");
    }

    [Fact]
    public async Task A_timeout_names_its_step_and_duration()
    {
        Step<int, int> slow = new(async (number, context) => { await Task.Delay(TimeSpan.FromHours(1), context.TimeProvider, context.CancellationToken); return number; }) { Name = "Slow", Timeout = TimeSpan.FromSeconds(3) };
        var message = (await Should.ThrowAsync<WorkflowFailedException>(() => TestWorkflow.Of(slow).RunAsync(1, OrkestraOptions.SkippingTime))).Message;
        message.ShouldStartWith("The run of Test failed in 'Slow' with States.Timeout: the step 'Slow' (WorkflowRunTests.cs:");
        message.ShouldEndWith(") took longer than its timeout of 3 s.");
    }

    [Fact]
    public async Task A_payload_beyond_the_limit_fails_as_in_the_cloud()
    {
        Step<int, string> big = new(number => new string('x', number)) { Name = "Big" };
        (await TestWorkflow.Of(big).ExecuteAsync(300_000)).Execution.Error.ShouldBe("States.DataLimitExceeded");
        (await TestWorkflow.Of(big).RunAsync(261_000)).Length.ShouldBe(261_000);
        (await TestWorkflow.Of(big).ExecuteAsync(262_143)).Execution.Error.ShouldBe("States.DataLimitExceeded");
    }

    [Fact]
    public async Task The_stack_of_an_error_is_the_step_s()
    {
        Step<int, int> fail = new(QuotientAsync) { Name = "Fail" };
        var result = await TestWorkflow.Of(fail).ExecuteAsync(1);
        var stack = JsonValue.Parse(result.Execution.Cause!)["stackTrace"].ShouldBeOfType<JsonArray>();
        stack[0].ToJson().ShouldContain("WorkflowRunTests.Quotient");
        stack.Span.ToArray().ShouldAllBe(frame => frame.ToJson().Contains("WorkflowRunTests", StringComparison.Ordinal));
    }

    static async Task<int> QuotientAsync(int number)
    {
        await Task.Yield();
        return Quotient(number, 0);
    }

    static int Quotient(int number, int by) => number / by;

    [Fact]
    public async Task An_input_beyond_the_limit_starts_no_execution()
    {
        Step<string, int> length = new(text => text.Length) { Name = "Length" };
        (await TestWorkflow.Of(length).RunAsync(new string('x', 262_142))).ShouldBe(262_142);
        var refused = await Should.ThrowAsync<ArgumentException>(() => TestWorkflow.Of(length).RunAsync(new string('x', 262_143)));
        refused.Message.ShouldStartWith("The input has 262145 bytes, and an execution takes at most 262144.");
    }

    [Fact]
    public async Task A_retry_tries_again_with_the_same_key_and_another_attempt()
    {
        var calls = new List<(int Attempt, string Key)>();
        Step<int, int> flaky = new((number, context) =>
        {
            calls.Add((context.Attempt, context.IdempotencyKey));
            return context.Attempt < 3 ? throw new TimeoutException("not yet") : number;
        })
        { Name = "Flaky" };
        var run = await TestWorkflow.Of(flaky.Retry<TimeoutException>(3) >> flaky).ExecuteAsync(7, OrkestraOptions.SkippingTime, new ExecutionOptions { Name = "run" });
        run.Execution.Error.ShouldBe("TimeoutException");
        calls.Select(call => call.Attempt).ShouldBe([1, 2, 3, 1]);
        calls.Take(3).Select(call => call.Key).Distinct().ShouldHaveSingleItem();
        calls[3].Key.ShouldNotBe(calls[0].Key);
    }

    [Fact]
    public async Task A_catch_gives_the_error_to_its_flow()
    {
        Step<Orkestra.Authoring.Failure, string> explain = new(failure => $"{failure.Error}: {failure.Message}") { Name = "Explain" };
        (await TestWorkflow.Of(One >> Throw.Catch<InvalidOperationException>(explain)).RunAsync()).ShouldBe("InvalidOperationException: assert false");
        (await TestWorkflow.Of(One >> (AddOne >> Throw).Catch<Exception>(explain)).RunAsync()).ShouldBe("InvalidOperationException: assert false");
        await Should.ThrowAsync<WorkflowFailedException>(() => TestWorkflow.Of(One >> Throw.Catch<FormatException>(explain)).RunAsync());
    }

    [Fact]
    public async Task A_choice_takes_its_way()
    {
        var flow = AddOne.When(number => number > 10, AddOne, Flow.Fail<int, int>("TooSmall", "no"));
        (await TestWorkflow.Of(flow).RunAsync(10)).ShouldBe(12);
        (await TestWorkflow.Of(flow).ExecuteAsync(1)).Execution.Error.ShouldBe("TooSmall");
        (await TestWorkflow.Of(Flow.Input<int>().When(number => number > 10, AddOne)).RunAsync(10)).ShouldBe(10);
    }

    [Fact]
    public async Task A_flow_that_waits_a_day_ends_at_once()
    {
        var options = OrkestraOptions.SkippingTime;
        var began = options.TimeProvider.GetUtcNow();
        (await TestWorkflow.Of(One >> Wait.For(TimeSpan.FromDays(1)) >> AddOne.Wait(number => number * 10)).RunAsync(options)).ShouldBe(2);
        (options.TimeProvider.GetUtcNow() - began).TotalSeconds.ShouldBe(86400 + 20, 1);
    }

    [Fact]
    public async Task A_step_that_takes_too_long_times_out()
    {
        Step<int, int> slow = new(async (number, context) =>
        {
            context.RemainingTime.ShouldBe(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromSeconds(60), context.TimeProvider, context.CancellationToken);
            return number;
        })
        { Name = "Slow", Timeout = TimeSpan.FromSeconds(5) };
        (await TestWorkflow.Of(slow).ExecuteAsync(1, OrkestraOptions.SkippingTime)).Execution.Error.ShouldBe("States.Timeout");
    }

    [Fact]
    public async Task A_query_runs()
    {
        var flow = from first in One
                   from second in AddOne.With(first + 10)
                   let both = new[] { first, second }
                   from third in AddOne.With(both.Sum())
                   select new Item($"{first} {second} {third}", both.Length);
        (await TestWorkflow.Of(flow).RunAsync()).ShouldBe(new Item("1 12 14", 2));
    }

    [Fact]
    public async Task A_value_is_given_as_it_is()
    {
        Step<string, string> echo = new(text => text) { Name = "Echo" };
        (await TestWorkflow.Of(echo.With("{% 1 + 1 %}")).RunAsync()).ShouldBe("{% 1 + 1 %}");
    }

    [Fact]
    public async Task Branches_of_synchronous_steps_run_at_the_same_time()
    {
        using var both = new Barrier(2);
        Step<int, bool> meet = new(_ => both.SignalAndWait(TimeSpan.FromSeconds(20))) { Name = "Meet" };
        (await TestWorkflow.Of(One >> Workflow.All(meet, meet)).RunAsync()).ShouldBe((true, true));
    }

    [Fact]
    public async Task Cancelling_stops_the_run()
    {
        using var stop = new CancellationTokenSource();
        Step<int, int> endless = new(async (number, context) =>
        {
            stop.Cancel();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return number;
        })
        { Name = "Endless" };
        await Should.ThrowAsync<OperationCanceledException>(() => TestWorkflow.Of(endless).RunAsync(1, null, stop.Token));
    }

    [Fact]
    public async Task A_handler_class_comes_from_the_container()
    {
        await using var services = new ServiceCollection().AddSingleton(new Prices(3)).BuildServiceProvider();
        var options = new OrkestraOptions { Services = services };
        var price = Step.Handled<PriceHandler, int, int>("Price");
        (await TestWorkflow.Of(price).RunAsync(14, options)).ShouldBe(42);
        var missing = await TestWorkflow.Of(price).ExecuteAsync(14);
        missing.StepFailure!.Exception.ShouldBeOfType<WorkflowException>().Message.ShouldContain("PriceHandler");
    }

    [Fact]
    public async Task A_handler_class_has_its_logger_without_a_container_and_that_of_one()
    {
        var told = Step.Handled<ToldHandler, int, int>("Told");
        (await TestWorkflow.Of(told).RunAsync(1)).ShouldBe(1);
        await using var services = new ServiceCollection().AddSingleton(new Prices(3)).BuildServiceProvider();
        (await TestWorkflow.Of(told).RunAsync(2, new OrkestraOptions { Services = services })).ShouldBe(2);
        var lines = new List<string>();
        await using var logging = new ServiceCollection().AddSingleton<ILogger<ToldHandler>>(new Lines(lines)).BuildServiceProvider();
        (await TestWorkflow.Of(told).RunAsync(3, new OrkestraOptions { Services = logging })).ShouldBe(3);
        lines.ShouldBe(["3"]);
    }

    [Fact]
    public async Task Events_tell_of_the_run()
    {
        var types = new List<HistoryEventType>();
        await TestWorkflow.Of(One).ExecuteAsync(execution: new ExecutionOptions { OnEvent = historyEvent => types.Add(historyEvent.Type) });
        types.First().ShouldBe(HistoryEventType.ExecutionStarted);
        types.Last().ShouldBe(HistoryEventType.ExecutionSucceeded);
        types.ShouldContain(HistoryEventType.TaskSucceeded);
    }

    public sealed record Prices(int Factor);

    public sealed class ToldHandler(ILogger<ToldHandler> logger) : IStepHandler<int, int>
    {
        public Task<int> HandleAsync(int input, StepContext context)
        {
            logger.Log(LogLevel.Information, default, input, null, static (number, _) => $"{number}");
            return Task.FromResult(input);
        }
    }

    sealed class Lines(List<string> lines) : ILogger<ToldHandler>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }

    public sealed class PriceHandler(Prices prices) : IStepHandler<int, int>
    {
        public Task<int> HandleAsync(int input, StepContext context) => Task.FromResult(input * prices.Factor);
    }
}
