using Microsoft.Extensions.Time.Testing;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.TestState;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.TestState;

public sealed class StateTesterTests
{
    const string Retried =
        """
        {"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true,
         "Retry":[{"ErrorEquals":["Other"]},{"ErrorEquals":["Busy"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":2}],
         "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Repair"}]}
        """;

    static Task<StateTestResult> TestAsync(StateTestRequest request, ITaskInvoker? invoker = null) =>
        new StateTester(invoker, new SkippingTimeProvider()).TestAsync(request, TestContext.Current.CancellationToken);

    static StateTestRequest Request(string definition, string input = "{}") => new() { Definition = definition, Input = JsonValue.Parse(input), InspectionLevel = InspectionLevel.Debug };

    static StateMock Fails(string error, string? cause = null) => new() { ErrorOutput = new StateMockError(error, cause) };

    static StateMock Gives(string result) => new() { Result = result };

    [Fact]
    public async Task A_step_between_input_and_output_can_be_looked_at()
    {
        var result = await TestAsync(Request(
            """
            {"Type":"Pass","InputPath":"$.order","Parameters":{"id.$":"$.number"},"ResultPath":"$.found","OutputPath":"$.found","Assign":{"last.$":"$.id"},"Next":"Charge"}
            """,
            """{"order":{"number":7}}"""));

        result.ToJson().ToJson().ShouldBe(
            """{"output":{"id":7},"inspectionData":{"input":{"order":{"number":7}},"afterInputPath":{"number":7},"afterParameters":{"id":7},"afterResultSelector":{"id":7},"""
            + "\"afterResultPath\"" + """:{"order":{"number":7},"found":{"id":7}},"variables":{"last":7}},"nextState":"Charge","status":"SUCCEEDED"}""");
    }

    [Fact]
    public async Task Information_alone_tells_no_steps() =>
        (await TestAsync(Request("""{"Type":"Succeed"}""", "[1]") with { InspectionLevel = InspectionLevel.Info })).ToJson().ToJson().ShouldBe("""{"output":[1],"status":"SUCCEEDED"}""");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 6)]
    public async Task An_error_that_is_tried_again_tells_when(int used, long seconds)
    {
        var result = await TestAsync(Request(Retried) with { Mock = Fails("Busy", "later"), StateConfiguration = new() { RetrierRetryCount = used } });

        result.Status.ShouldBe(StateTestStatus.Retriable);
        result.Output.ShouldBeNull();
        result.Cause.ShouldBe("later");
        result.InspectionData!.ErrorDetails.ShouldBe(new InspectionErrorDetails { RetryIndex = 1, RetryBackoffIntervalSeconds = seconds });
    }

    [Fact]
    public async Task An_error_is_caught_when_its_attempts_are_used_up()
    {
        var result = await TestAsync(Request(Retried, """{"a":1}""") with { Mock = Fails("Busy", "later"), StateConfiguration = new() { RetrierRetryCount = 2 } });

        result.Status.ShouldBe(StateTestStatus.CaughtError);
        result.NextState.ShouldBe("Repair");
        result.Output!.ToJson().ShouldBe("""{"a":1,"error":{"Error":"Busy","Cause":"later"}}""");
        result.InspectionData!.ErrorDetails.ShouldBe(new InspectionErrorDetails { RetryIndex = 1, CatchIndex = 0 });
    }

    [Fact]
    public async Task A_task_without_a_mock_is_carried_out()
    {
        var invoker = new FunctionInvoker().On("f", input => JsonObject.Create(("twice", ((JsonNumber)input).Value * 2)));
        var request = Request("""{"Type":"Task","QueryLanguage":"JSONata","Resource":"arn:aws:lambda:us-east-1:1:function:f","Arguments":"{% $states.input.n %}","Output":"{% $states.result.twice %}","End":true}""", """{"n":4}""");

        (await Should.ThrowAsync<StateTestException>(TestAsync(request, invoker))).Message.ShouldBe("RoleArn must be specified when testing a Task state");
        var result = await TestAsync(request with { RoleArn = "arn:aws:iam::1:role/r" }, invoker);

        result.ToJson().ToJson().ShouldBe("""{"output":8,"inspectionData":{"input":{"n":4},"afterArguments":4,"result":{"twice":8}},"status":"SUCCEEDED"}""");
    }

    [Fact]
    public async Task A_task_nobody_knows_says_so()
    {
        var result = await TestAsync(Request("""{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}""") with { RoleArn = "arn:aws:iam::1:role/r" });

        result.Status.ShouldBe(StateTestStatus.Failed);
        result.Cause!.ShouldContain("No task invoker handles the resource 'arn:aws:states:::sqs:sendMessage'");
    }

    [Fact]
    public async Task A_wait_is_waited_for()
    {
        var clock = new SkippingTimeProvider();
        var before = clock.GetUtcNow();

        var result = await new StateTester(null, clock).TestAsync(Request("""{"Type":"Wait","Seconds":90,"Next":"Go"}""", """{"a":1}"""), TestContext.Current.CancellationToken);

        result.NextState.ShouldBe("Go");
        (clock.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(90));
        (await TestAsync(Request("""{"Type":"Wait","Seconds":301,"End":true}"""))).Error.ShouldBe("States.Timeout");
    }

    [Fact]
    public async Task A_time_limit_of_the_task_passes_during_the_test()
    {
        const string Limited = """{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:1:function:f","TimeoutSeconds":30,"Catch":[{"ErrorEquals":["States.Timeout"],"Next":"Late"}],"End":true}""";
        var clock = new FakeTimeProvider();
        var never = new TaskCompletionSource<TaskOutcome>();
        var tester = new StateTester(new FunctionInvoker().OnAsync("f", (_, _) => never.Task), clock);

        var test = tester.TestAsync(Request(Limited) with { RoleArn = "arn:aws:iam::1:role/r" }, TestContext.Current.CancellationToken);
        test.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(30));
        var result = await test.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        result.Status.ShouldBe(StateTestStatus.CaughtError);
        result.Error.ShouldBe("States.Timeout");
        result.NextState.ShouldBe("Late");
    }

    [Fact]
    public async Task A_test_without_a_time_limit_ends_after_five_minutes()
    {
        var clock = new FakeTimeProvider();
        var never = new TaskCompletionSource<TaskOutcome>();
        var request = Request("""{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:1:function:f","End":true}""") with { RoleArn = "arn:aws:iam::1:role/r" };

        var test = new StateTester(new FunctionInvoker().OnAsync("f", (_, _) => never.Task), clock).TestAsync(request, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(5));

        (await test.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Error.ShouldBe("States.Timeout");
    }

    [Fact]
    public async Task A_caught_error_that_makes_the_output_too_large_fails_the_state()
    {
        var request = Request("""{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:1:function:f","Catch":[{"ErrorEquals":["Busy"],"ResultPath":"$.error","Next":"Late"}],"End":true}""", $$"""{"a":"{{new string('x', 262_100)}}"}""");

        var result = await TestAsync(request with { Mock = Fails("Busy", "later") });

        result.Status.ShouldBe(StateTestStatus.Failed);
        result.Error.ShouldBe("States.DataLimitExceeded");
    }

    [Fact]
    public async Task A_choice_nothing_leads_out_of_fails() =>
        (await TestAsync(Request("""{"Type":"Choice","Choices":[{"Variable":"$.a","NumericEquals":2,"Next":"Two"}]}""", """{"a":1}""")))
            .ToJson().ToJson().ShouldContain("\"error\":\"States.Runtime\",\"cause\":\"Failed to transition out of the state.");

    [Fact]
    public async Task A_state_of_a_machine_is_found_at_any_depth()
    {
        const string Machine =
            """
            {"QueryLanguage":"JSONata","StartAt":"All","States":{"All":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,
             "ItemProcessor":{"StartAt":"Inner","States":{"Inner":{"Type":"Pass","Output":"{% $price * 2 %}","End":true}}}}}}]}}}
            """;

        var result = await TestAsync(Request(Machine) with { StateName = "Inner", Variables = JsonObject.Create(("price", 21)) });

        result.Output!.ToJson().ShouldBe("42");
        (await Should.ThrowAsync<StateTestException>(TestAsync(Request(Machine) with { StateName = "Nowhere" }))).Message.ShouldBe("State not found in definition");
    }

    [Fact]
    public async Task What_goes_into_the_iterations_of_a_map_can_be_looked_at()
    {
        const string Map =
            """
            {"Type":"Map","ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"b","Key":"k"}},
             "ItemSelector":{"at.$":"$$.Map.Item.Index","id.$":"$$.Map.Item.Value.id"},"ItemBatcher":{"MaxItemsPerBatch":2,"BatchInput":{"x":1}},"MaxConcurrency":3,"ToleratedFailurePercentage":50,
             "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}
            """;
        var request = Request(Map) with { Mock = Gives("[]"), StateConfiguration = new() { MapItemReaderData = "id\na\nb\nc", MapIterationFailureCount = 1 } };

        var seen = (await TestAsync(request)).InspectionData!;
        seen.AfterItemSelector!.ToJson().ShouldBe("""[{"at":0,"id":"a"},{"at":1,"id":"b"},{"at":2,"id":"c"}]""");
        seen.AfterItemBatcher!.ToJson().ShouldBe("""[{"BatchInput":{"x":1},"Items":[{"at":0,"id":"a"},{"at":1,"id":"b"}]},{"BatchInput":{"x":1},"Items":[{"at":2,"id":"c"}]}]""");
        seen.MaxConcurrency.ShouldBe(3);
        seen.ToleratedFailurePercentage.ShouldBe(50);

        var failed = await TestAsync(request with { StateConfiguration = request.StateConfiguration with { MapIterationFailureCount = 2 } });
        failed.Error.ShouldBe("States.ExceedToleratedFailureThreshold");
        (await Should.ThrowAsync<StateTestException>(TestAsync(request with { StateConfiguration = null }))).Message.ShouldStartWith("ItemReader data must be specified");
    }

    [Fact]
    public async Task An_http_task_tells_request_and_response()
    {
        var result = await TestAsync(Request(
            """{"Type":"Task","Resource":"arn:aws:states:::http:invoke","End":true,"Parameters":{"ApiEndpoint":"https://a.example/x","Method":"GET","QueryParameters":{"q":"a b"}}}""") with
        {
            InspectionLevel = InspectionLevel.Trace,
            Mock = Gives("""{"StatusCode":200,"StatusText":"OK","ResponseBody":{"a":1}}"""),
        });

        result.InspectionData!.Request!.ToJson().ShouldBe("""{"protocol":"https","method":"GET","url":"https://a.example/x?q=a%20b"}""");
        result.InspectionData.Response!.ToJson().ShouldBe("""{"protocol":"https","statusCode":200,"statusMessage":"OK","body":{"a":1}}""");
    }
}
