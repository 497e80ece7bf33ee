using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tests.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests;

/// <summary>A document whose tasks go through the real Lambda loop ends as the run in this process does.</summary>
public sealed class WorkflowThroughLambdaTests
{
    internal sealed class Warehouse : Workflow<Product[], (Outcome<decimal>, Outcome<string>)>
    {
        static readonly Step<Product, Product> AddTax = new(item => item with { Price = item.Price * 1.10m });
        static readonly Step<Product[], decimal> Sum = new(items => items.Sum(item => item.Price ?? 0));
        static readonly Step<Product[], string> Ship = new(items => throw new OutOfStockException($"no {items[0].Name}", new FormatException("inside")));

        public override Flow<Product[], (Outcome<decimal>, Outcome<string>)> Define() => AddTax.Map() >> (Sum, Ship);
    }

    internal sealed class Payments : Workflow<int[], string[]>
    {
        public static readonly ConcurrentQueue<(int Attempt, string Key, string Execution)> Calls = new();

        static readonly Step<int, string> Pay = new((amount, context) =>
        {
            Calls.Enqueue((context.Attempt, context.IdempotencyKey, context.ExecutionId));
            return amount == 2 && context.Attempt < 3 ? throw new TimeoutException("busy") : context.IdempotencyKey;
        })
        {
            Retry = new RetryPolicy { MaxAttempts = 3, Interval = TimeSpan.FromSeconds(1) },
        };

        public override Flow<int[], string[]> Define() => Pay.Map();
    }

    internal sealed class Archive : Workflow<string, string>
    {
        static readonly Step<string, string> Read = new(what => throw (what switch
        {
            "file" => new FileNotFoundException("gone"),
            "folder" => new DirectoryNotFoundException("gone"),
            "several" => new AggregateException(new FileNotFoundException("gone"), new FormatException("bad")),
            "other" => new Other.OutOfStockException(),
            _ => new FormatException("bad"),
        }));

        static readonly Step<Caught<string>, string> Explain = new(caught => $"{caught.Failure.Error} of {caught.Input}: {caught.Failure.Message}");
        static readonly Step<Failure, string> Sold = new(_ => "sold out");
        static readonly Step<Failure, string> Rest = new(failure => $"rest: {failure.Error}");

        public override Flow<string, string> Define() =>
            Try(Read.Catch<FileNotFoundException>(Explain).Catch<IOException>(Explain)).Catch<OutOfStockException>(Sold).Catch<Exception>(Rest);
    }

    internal sealed class CardDeclinedException(string message, string advice, decimal amount, string number) : Exception(message)
    {
        public string Advice { get; } = advice;

        public decimal Amount { get; } = amount;

        // No handler reads it, so it does not leave the function.
        public string Number { get; } = number;
    }

    internal sealed record Bill(string Id, decimal Total);

    internal sealed class Cashier : Workflow<Bill, string>
    {
        static readonly Step<Bill, string> Charge = new(bill => bill.Total > 100
            ? throw new CardDeclinedException($"{bill.Id} was declined", "Pay cash", bill.Total * 1.5m, "4000-1234")
            : $"{bill.Id} is paid");

        public override Flow<Bill, string> Define() =>
            Charge.Catch<CardDeclinedException>((bill, error) => bill.Id + ": " + error.Message + ". " + error.Advice + " " + (error.Amount == 300 ? "three hundred" : "another amount"));
    }

    internal sealed class Desk : Workflow<int, string>
    {
        public static TaskCompletionSource<(string Token, string Step, int Attempt)> Asked { get; set; } = new();

        static readonly Step<int, Nothing> Ask = new((number, context) => Asked.SetResult((context.TaskToken!, context.StepName, context.Attempt)));
        static readonly Step<int, string> Tell = new((number, context) => $"{number} {context.TaskToken ?? "without a token"}");

        public override Flow<int, string> Define() => Ask.WaitForCallback<int>(timeout: TimeSpan.FromDays(1)) >> Tell;
    }

    internal static class Other
    {
        internal sealed class OutOfStockException : Exception;
    }

    static async Task<(ExecutionResult Result, LambdaInvoker Invoker)> ThroughLambda(Workflow workflow, string input)
    {
        var invoker = new LambdaInvoker(options => options.Add(workflow));
        var runner = new OrkestraRuntime(invoker, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
        var text = AslWriter.Write(workflow.Compile().Document);
        return (await runner.RunAsync(ExecutionPlan.Compile(AslReader.Parse(text)), JsonValue.Parse(input), new ExecutionOptions()), invoker);
    }

    [Fact]
    public async Task A_workflow_ends_as_it_does_in_this_process()
    {
        const string input = """[{"name":"moth","price":10.00},{"name":"lamp","price":1}]""";
        var (result, invoker) = await ThroughLambda(new Warehouse(), input);
        await using var _ = invoker;
        var local = await new WorkflowRunner(new Warehouse()).RunAsync(JsonValue.Parse(input));
        result.IsSuccess.ShouldBeTrue(result.Cause);
        WithoutStacks(result.Output!).ToJson().ShouldBe(WithoutStacks(local.Output!).ToJson());
        result.Output![0].ShouldBe(JsonValue.Parse("""{"Value":12.10}"""));
        ((JsonString)result.Output![1]!["Error"]!).Value.ShouldBe("OutOfStockException");
        JsonValue.Parse(((JsonString)result.Output![1]!["Cause"]!).Value)["cause"]!["errorType"].ShouldBe((JsonValue)"FormatException");
        invoker.Started.Distinct().Order().ShouldBe(["AddTax", "Ship", "Sum"]);
    }

    [Fact]
    public async Task A_retry_keeps_the_key_of_its_call_and_counts_on()
    {
        Payments.Calls.Clear();
        var (result, invoker) = await ThroughLambda(new Payments(), "[1,2,3]");
        await using var _ = invoker;
        result.IsSuccess.ShouldBeTrue(result.Cause);
        var keys = ((JsonArray)result.Output!).Select(key => ((JsonString)key).Value).ToList();
        keys.Distinct().Count().ShouldBe(3, "each item is a call of its own");
        keys.ShouldAllBe(key => key.Length == 64);
        Payments.Calls.Where(call => call.Key == keys[1]).Select(call => call.Attempt).ShouldBe([1, 2, 3]);
        Payments.Calls.ShouldAllBe(call => call.Execution.Contains(":execution:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("file", "FileNotFoundException of file: gone")]
    [InlineData("folder", "IOException of folder: gone")]
    [InlineData("several", "FileNotFoundException of several: gone")]
    [InlineData("other", "rest: Orkestra.Lambda.Tests.WorkflowThroughLambdaTests+Other+OutOfStockException")]
    [InlineData("format", "rest: FormatException")]
    public async Task Exceptions_are_caught_as_in_this_process_and_as_in_csharp(string what, string output)
    {
        var (result, invoker) = await ThroughLambda(new Archive(), $"\"{what}\"");
        await using var _ = invoker;
        result.IsSuccess.ShouldBeTrue(result.Cause);
        result.Output.ShouldBe((JsonValue)output);
        (await new Archive().RunAsync(what)).ShouldBe(output);
    }

    [Theory]
    [InlineData(20, "A is paid")]
    [InlineData(200, "A: A was declined. Pay cash three hundred")]
    public async Task A_handler_reads_the_data_of_the_exception(int total, string output)
    {
        var (result, invoker) = await ThroughLambda(new Cashier(), $$"""{"id":"A","total":{{total}}}""");
        await using var _ = invoker;
        result.IsSuccess.ShouldBeTrue(result.Cause);
        result.Output.ShouldBe((JsonValue)output);
        (await new Cashier().RunAsync(new Bill("A", total))).ShouldBe(output);
    }

    [Fact]
    public async Task The_data_of_an_exception_is_what_handlers_read_and_no_more()
    {
        await using var host = new HostFixture(() => OrkestraLambda.Open(
            options => options.Add(new Cashier()), LambdaEnvironment.From(static name => name == "_HANDLER" ? "Charge" : null), Stream.Null));
        var answer = await host.Emulator.InvokeAsync("""{"id":"A","total":200}""");
        answer.ErrorType.ShouldBe("CardDeclinedException");
        answer.Json.GetProperty("errorData").GetRawText().ShouldBe("""{"advice":"Pay cash","amount":300.0}""");
        answer.Body.ShouldNotContain("4000-1234");
    }

    [Fact]
    public async Task A_step_hands_out_the_token_of_its_task()
    {
        Desk.Asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var workflow = new Desk();
        await using var invoker = new LambdaInvoker(options => options.Add(workflow));
        await using var runtime = new OrkestraRuntime(invoker);
        var plan = ExecutionPlan.Compile(AslReader.Parse(AslWriter.Write(workflow.Compile().Document)));
        var run = runtime.RunAsync(plan, 7, new ExecutionOptions()).AsTask();

        var asked = await Desk.Asked.Task.WaitAsync(TimeSpan.FromMinutes(1));
        (asked.Step, asked.Attempt).ShouldBe(("Ask", 1));
        asked.Token.ShouldNotBeNullOrEmpty();
        (await runtime.SendTaskSuccessAsync(asked.Token, 42)).ShouldBeTrue();

        var result = await run.WaitAsync(TimeSpan.FromMinutes(1));
        result.IsSuccess.ShouldBeTrue(result.Cause);
        result.Output.ShouldBe((JsonValue)"42 without a token");
    }

    // Stacks differ: a loop stands above the step in one, the engine in the other.
    static JsonArray WithoutStacks(JsonValue output)
    {
        var failure = output[1]!;
        var cause = (JsonObject)JsonValue.Parse(((JsonString)failure["Cause"]!).Value);
        return JsonArray.Create([output[0]!, JsonObject.Create(("Error", failure["Error"]!), ("Cause", cause.Without("stackTrace").ToJson()))]);
    }
}
