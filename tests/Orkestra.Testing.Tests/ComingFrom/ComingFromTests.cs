using Orkestra.Expressions.Data;
using Xunit;

namespace Orkestra.Testing.Tests.ComingFrom;

/// <summary>The workflows of docs/coming-from do what the pages say.</summary>
public sealed class ComingFromTests
{
    const string Approve = """
        {
          "StartAt": "Ask",
          "States": {
            "Ask": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true, "TimeoutSeconds": 259200,
              "Parameters": { "QueueUrl": "q", "MessageBody": { "Token.$": "$$.Task.Token" } } }
          }
        }
        """;

    static readonly Cart Small = new("A-1", 10m);

    [Fact]
    public async Task The_workflow_of_Python_ends_with_goodbye() =>
        (await new WorkflowTest(new PythonOrkestra()).RunAsync()).ShouldSucceedWith("goodbye");

    [Fact]
    public async Task A_branch_of_Airflow_may_fail() =>
        (await new WorkflowTest(new Airflow()).RunAsync(new DateOnly(2026, 3, 4))).ShouldSucceedWith("loaded 7").ShouldEnter("Notify");

    [Theory]
    [InlineData(1000, "A-1 is shipped")]
    [InlineData(1001, "A-1 waits for the manager")]
    public async Task A_choice_is_one_line(int total, string answer) =>
        (await new WorkflowTest(new RawAsl()).RunAsync(new Cart("A-1", total))).ShouldSucceedWith(answer);

    [Fact]
    public async Task A_person_approves_in_time()
    {
        var started = new WorkflowTest(new Temporal()).Start(Small);
        await (await started.CallbackAsync()).SucceedAsync(JsonValue.Parse("""{ "isApproved": true, "by": "Ada" }"""));
        (await started.Completion).ShouldSucceedWith("A-1 is paid, approved by Ada").ShouldNotEnter("Release");
    }

    [Fact]
    public async Task Without_an_approval_the_stock_is_released()
    {
        var started = new WorkflowTest(new Temporal()).Start(Small);
        (await started.CallbackAsync()).LetTimePass();
        (await started.Completion).ShouldFail("States.Timeout").ShouldEnter("Release").ShouldElapse(TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task Fan_out_and_fan_in() =>
        (await new WorkflowTest(new DurableFunctions()).Throw<HttpRequestException>(DurableFunctions.GetPrice, attempts: 1..1).RunAsync(new[] { "a", "bb", "ccc" }))
            .ShouldSucceedWith(6).ShouldElapse(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task A_week_passes_at_once() =>
        (await new WorkflowTest(new LambdaDurableFunctions()).RunAsync(Small)).ShouldSucceedWith("A-1: how do you like it?").ShouldElapse(TimeSpan.FromDays(7));

    [Fact]
    public async Task A_definition_waits_for_its_callback()
    {
        var started = WorkflowTest.OfAsl(Approve).Start();
        var callback = await started.CallbackAsync("Ask");
        await callback.SucceedAsync(JsonObject.Create(("approved", JsonValue.Parse("true"))));
        var run = await started.Completion;
        run.ShouldSucceed().ShouldTake("Ask");

        started = WorkflowTest.OfAsl(Approve).Start();
        (await started.CallbackAsync("Ask")).LetTimePass();
        (await started.Completion).ShouldFail("States.Timeout").ShouldElapse(TimeSpan.FromDays(3));
    }
}
