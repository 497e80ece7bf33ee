using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Testing;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Steps that hand out the token of their task, and steps that share a function.</summary>
public sealed class CallbackTests
{
    static readonly Step<int, Nothing> Ask = new((number, context) =>
    {
        if (number < 0) throw new ArgumentException("nobody to ask");
        context.TaskToken.ShouldNotBeNullOrEmpty();
    });

    static readonly Step<int, string> Text = new(number => $"{number}");
    static readonly Step<string, int> Count = new(text => text.Length == 3 ? throw new FormatException("three") : text.Length);
    static readonly Step<int, string> Key = new((number, context) => $"{context.StepName} {context.IdempotencyKey}");

    [Fact]
    public async Task The_reply_is_the_output()
    {
        var run = new WorkflowTest(TestWorkflow.Of(Ask.WaitForCallback<int>() >> Text)).Start(1);
        await (await run.CallbackAsync("Ask")).SucceedAsync(7);
        (await run.Completion).ShouldSucceedWith("7");
    }

    [Fact]
    public async Task A_runtime_completes_it_by_its_token()
    {
        var token = new TaskCompletionSource<string>();
        Step<int, Nothing> ask = new((_, context) => token.SetResult(context.TaskToken!)) { Name = "AskOnce" };
        await using var runtime = new OrkestraRuntime();
        runtime.Register(TestWorkflow.Of(ask.WaitForCallback<int>() >> Text));
        var execution = await runtime.StartAsync("Test", 1);
        (await runtime.SendTaskSuccessAsync(await token.Task.WaitAsync(TimeSpan.FromSeconds(60)), 42)).ShouldBeTrue();
        (await execution.Completion.WaitAsync(TimeSpan.FromSeconds(60))).Output.ShouldBe(JsonString.Create("42"));
    }

    [Fact]
    public async Task A_step_that_fails_and_a_reply_that_fails_can_be_caught()
    {
        var flow = Ask.WaitForCallback<int>().Catch<ArgumentException>((number, error) => error.Message.Length + number).Catch<Exception>((_, error) => error.Message.Length) >> Text;
        (await new WorkflowTest(TestWorkflow.Of(flow)).RunAsync(-1)).ShouldSucceedWith("12");
        var run = new WorkflowTest(TestWorkflow.Of(flow)).Start(1);
        await (await run.CallbackAsync()).FailAsync("Refused", "no");
        (await run.Completion).ShouldSucceedWith("2");
    }

    [Fact]
    public void A_definition_knows_the_types_of_replies_and_checks_one()
    {
        var definition = TestWorkflow.Of(Ask.WaitForCallback<Answer>() >> new Step<Answer, int>(answer => answer.Number) { Name = "Last" }).Compile();
        definition.RepliesByState.ShouldBe([new("Ask", typeof(Answer))]);
        definition.CheckReply("Ask", JsonValue.Parse("""{"number":1}"""));
        definition.CheckReply("Last", JsonValue.Null);
        Should.Throw<PayloadException>(() => definition.CheckReply("Ask", JsonValue.Parse("""{"number":"many"}"""))).Message.ShouldContain("$.number");
        Should.Throw<PayloadException>(() => definition.CheckReply("Ask", JsonValue.Parse("{}"))).Message.ShouldContain("number");
        Should.Throw<PayloadException>(() => definition.CheckReply("Ask", JsonValue.Parse("""{"number":1,"nunber":2}"""))).Message.ShouldContain("nunber");
    }

    sealed record Answer(int Number);

    [Fact]
    public void A_heartbeat_is_shorter_than_the_time_to_wait()
    {
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(Ask.WaitForCallback<int>(timeout: TimeSpan.FromDays(3), heartbeat: TimeSpan.FromDays(3))).Compile()).Message
            .ShouldBe("The heartbeat of the callback of 'Ask' is 3.00:00:00, but it must be shorter than its timeout of 3.00:00:00.");
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(Ask.WaitForCallback<int>().Timeout(TimeSpan.FromSeconds(10)).Heartbeat(TimeSpan.FromSeconds(20))).Compile()).Message
            .ShouldBe("The heartbeat of 'Ask' is 00:00:20, but it must be shorter than its timeout of 00:00:10.");
        Should.Throw<WorkflowException>(() => TestWorkflow.Of(Text.Heartbeat(TimeSpan.FromSeconds(20))).Compile()).Message.ShouldContain("nothing sends one");
        TestWorkflow.Of(Ask.WaitForCallback<int>(timeout: TimeSpan.FromDays(3), heartbeat: TimeSpan.FromDays(2))).Compile().ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_answers()
    {
        var flow = Ask.WaitForCallback<int>(timeout: TimeSpan.FromDays(2)).Catch<TimeoutException>((number, _) => number * 100);
        var run = new WorkflowTest(TestWorkflow.Of(flow)).Start(3);
        (await run.CallbackAsync()).LetTimePass();
        (await run.Completion).ShouldSucceedWith(300);
    }

    [Fact]
    public void Only_a_step_with_a_context_hands_out_a_token()
    {
        Should.Throw<WorkflowException>(() => Text.WaitForCallback<int>()).Message.ShouldContain("'Text' can't hand out the token of its task: only a step that takes a StepContext can");
        Should.Throw<WorkflowException>(() => Ask.Retry(2).WaitForCallback<int>()).Message.ShouldContain("Retries and catches go after .WaitForCallback");
    }

    [Fact]
    public async Task Fused_steps_are_one_state_with_the_same_errors()
    {
        var fused = (Text >> Count).Fused("Measure");
        var definition = TestWorkflow.Of(fused).Compile();
        definition.Document.States.Keys.ShouldBe(["Measure"]);
        definition.Steps.Keys.ShouldBe(["Measure"]);
        (await TestWorkflow.Of(fused).RunAsync(12)).ShouldBe(2);
        (await TestWorkflow.Of(fused).ExecuteAsync(123)).Execution.Error.ShouldBe("FormatException");
        (await TestWorkflow.Of(fused.Catch<FormatException>((_, error) => error.Message.Length)).RunAsync(123)).ShouldBe(5);
        TestWorkflow.Of((Text >> Count).Fused()).Compile().Document.StartAt.ShouldBe("TextCount");
    }

    [Fact]
    public async Task What_a_step_leaves_in_its_execution_context_does_not_reach_the_next_one()
    {
        var mark = new AsyncLocal<string?>();
        var first = new Step<string, string>(text =>
        {
            var before = mark.Value;
            mark.Value = text;
            return $"{text}{before}";
        })
        { Name = "First" };
        var second = new Step<string, string>(text => $"{text} {mark.Value ?? "none"}") { Name = "Second" };
        (await TestWorkflow.Of(first >> second).RunAsync("a")).ShouldBe("a none");
        (await TestWorkflow.Of((first >> second).Fused()).RunAsync("a")).ShouldBe("a none");
        mark.Value.ShouldBeNull();

        var seen = new List<string?>();
        var options = new OrkestraOptions
        {
            StepInterceptor = async (_, _, next) =>
            {
                var output = await next();
                seen.Add(mark.Value);
                return output;
            },
        };
        await TestWorkflow.Of(first >> second).RunAsync("a", options);
        seen.ShouldBe([null, null]);
    }

    [Fact]
    public async Task Fused_steps_have_keys_of_their_own()
    {
        Step<string, string> both = new((text, context) => $"{text}|{context.StepName} {context.IdempotencyKey}") { Name = "Both" };
        var keys = (await TestWorkflow.Of((Key >> both).Fused()).RunAsync(1)).Split('|');
        keys[0].ShouldStartWith("Key ");
        keys[1].ShouldStartWith("Both ");
        keys[0].Split(' ')[1].ShouldNotBe(keys[1].Split(' ')[1]);
    }

    [Fact]
    public void Fused_steps_have_settings_that_fit_together()
    {
        Step<int, int> Next(string name) => new(number => number) { Name = name };
        Refused(() => (Text >> Count.Retry(2)).Fused()).ShouldContain("because 'Count.Retry(2)' isn't a step");
        Refused(() => (Next("A") >> new Step<int, int>(number => number) { Name = "B", Retry = 2 }).Fused()).ShouldContain("the step 'B' has a Retry");
        Refused(() => (Next("A") >> new Step<int, int>(number => number) { Name = "B", Timeout = TimeSpan.FromSeconds(3) }).Fused()).ShouldContain("only some of its steps have a Timeout");
        var step = TestWorkflow.Of((new Step<int, int>(number => number) { Name = "A", Memory = 256, Timeout = TimeSpan.FromSeconds(3) } >> new Step<int, int>(number => number) { Name = "B", Memory = 512, Timeout = TimeSpan.FromSeconds(4) }).Fused()).Compile().Steps["AB"];
        (step.Memory, step.Timeout).ShouldBe((512, TimeSpan.FromSeconds(7)));
        ((TaskState)TestWorkflow.Of((Text >> Count).Fused().Timeout(TimeSpan.FromSeconds(9))).Compile().Document.States["TextCount"]).TimeoutSeconds.ShouldBe(9);
    }

    static string Refused(Func<object> make) => Should.Throw<WorkflowException>(make).Message;
}
