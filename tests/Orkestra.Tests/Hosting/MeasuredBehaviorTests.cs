using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting;

/// <summary>What the measured cases showed to differ from AWS, with other inputs than theirs.</summary>
public sealed class MeasuredBehaviorTests
{
    [Fact]
    public async Task What_a_failing_branch_cuts_follows_its_last_event()
    {
        var result = await Run("""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"Long","States":{"Long":{"Type":"Wait","Seconds":60,"End":true}}},
              {"StartAt":"Short","States":{"Short":{"Type":"Wait","Seconds":1,"Next":"Boom"},"Boom":{"Type":"Fail","Error":"Boom"}}}]}}}
            """, JsonObject.Empty);
        result.History.Shape()[^4..].ShouldBe(["7<-6 FailStateEntered Boom", "8<-7 WaitStateAborted Long", "9<-7 ParallelStateFailed P", "10<-9 ExecutionFailed"]);
    }

    [Fact]
    public async Task A_failing_iteration_is_told_of_after_those_it_cuts()
    {
        var result = await Run("""
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"R","States":{
              "R":{"Type":"Choice","Choices":[{"Variable":"$","NumericEquals":1,"Next":"Short"}],"Default":"Long"},
              "Short":{"Type":"Wait","Seconds":1,"Next":"Boom"},"Boom":{"Type":"Fail","Error":"Boom"},"Long":{"Type":"Wait","Seconds":60,"End":true}}}}}}
            """, JsonValue.Parse("[0,1]"));
        result.History.TakeLast(6).Select(e => (e.Type, e.Index)).ShouldBe([
            (HistoryEventType.FailStateEntered, null), (HistoryEventType.MapIterationAborted, 0), (HistoryEventType.WaitStateAborted, null),
            (HistoryEventType.MapIterationFailed, 1), (HistoryEventType.MapStateFailed, null), (HistoryEventType.ExecutionFailed, null)]);
        var failed = result.History.Single(e => e.Type == HistoryEventType.FailStateEntered).Id;
        result.History.TakeLast(5).Take(4).ShouldAllBe(e => e.PreviousEventId == failed);
    }

    [Theory]
    [InlineData("""{"Type":"Pass","Parameters":{"v.$":"$.gone"},"End":true}""")]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.k","IsPresent":true,"Next":"X"}]}""")]
    [InlineData("""{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"MessageBody.$":"$.gone"},"End":true}""")]
    public async Task What_nothing_catches_cuts_without_a_word(string state)
    {
        var result = await Run(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Catch":[{"ErrorEquals":["States.ALL"],"Next":"R"}],"Branches":[
              {"StartAt":"Long","States":{"Long":{"Type":"Wait","Seconds":60,"End":true}}},
              {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"Next":"B"},"B":STATE,"X":{"Type":"Succeed"}}}]},"R":{"Type":"Pass","End":true}}}
            """.Replace("STATE", state, StringComparison.Ordinal), JsonObject.Empty);
        result.Error.ShouldBe("States.Runtime");
        result.History[^2].Type.ToString().ShouldEndWith("StateEntered");
        result.History[^1].PreviousEventId.ShouldBe(result.History[^2].Id);
    }

    [Fact]
    public async Task An_error_of_a_catcher_follows_what_happened_before_the_failure()
    {
        var result = await Run("""
            {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Items":[1],"End":true,
              "ItemProcessor":{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}},
              "Catch":[{"ErrorEquals":["E"],"Assign":{"x":"{% $states.input.none %}"},"Next":"Z"}]},"Z":{"Type":"Succeed"}}}
            """, JsonObject.Empty);
        result.Error.ShouldBe("States.QueryEvaluationError");
        result.Cause!.ShouldContain("'Catch[0]/Assign/x'");
        result.History.Shape()[^6..].ShouldBe([
            "5<-4 FailStateEntered F", "6<-5 MapIterationFailed M", "7<-5 MapStateFailed M", "8<-5 EvaluationFailed M", "9<-8 MapStateFailed M", "10<-9 ExecutionFailed"]);
    }

    [Theory]
    [InlineData("States.TaskFailed", "States.QueryEvaluationError", false)]
    [InlineData("States.TaskFailed", "Other", true)]
    [InlineData("States.ALL", "States.QueryEvaluationError", true)]
    [InlineData("States.ALL", "States.Timeout", true)]
    public async Task An_error_is_caught_by_name(string name, string error, bool isCaught)
    {
        var result = await Run(
            """
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true,"Catch":[{"ErrorEquals":["NAME"],"Next":"Z"}]},
              "Z":{"Type":"Succeed"}}}
            """.Replace("NAME", name, StringComparison.Ordinal), JsonObject.Empty, new FunctionInvoker().OnAsync("f", (_, _) => Task.FromResult(TaskOutcome.Failure(error))));
        result.IsSuccess.ShouldBe(isCaught);
    }

    [Fact]
    public async Task The_caught_cause_of_a_timeout_is_empty()
    {
        var result = await Run("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"MessageBody.$":"$$.Task.Token"},
              "TimeoutSeconds":3,"End":true,"Catch":[{"ErrorEquals":["States.Timeout"],"Next":"Z"}]},"Z":{"Type":"Succeed"}}}
            """, JsonObject.Empty, new Submitting());
        result.Output!.ToJson().ShouldBe("""{"Error":"States.Timeout","Cause":""}""");
    }

    [Fact]
    public async Task Members_of_an_object_are_items_of_a_distributed_Map()
    {
        const string Processor = """ "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}} """;
        var input = JsonValue.Parse("""{"a":{"n":1},"b":null}""");
        (await Run("""{"StartAt":"M","States":{"M":{"Type":"Map",""" + Processor, input)).Output!.ToJson()
            .ShouldBe("""[{"Key":"a","Value":{"n":1}},{"Key":"b","Value":null}]""");
        var selected = """{"StartAt":"M","States":{"M":{"Type":"Map","ItemSelector":{"item.$":"$$.Map.Item"},""" + Processor;
        (await Run(selected, input)).Output!.ToJson().ShouldBe(
            """[{"item":{"Index":0,"Key":"a","Value":{"n":1},"Source":"STATE_DATA"}},{"item":{"Index":1,"Key":"b","Value":null,"Source":"STATE_DATA"}}]""");
        var batched = """{"StartAt":"M","States":{"M":{"Type":"Map","ItemBatcher":{"MaxItemsPerBatch":2},"ItemSelector":{"k.$":"$$.Map.Item.Key"},""" + Processor;
        (await Run(batched, input)).Output!.ToJson().ShouldBe("""[{"Items":[{"k":"a"},{"k":"b"}]}]""");
    }

    [Fact]
    public async Task Items_that_were_read_tell_their_object()
    {
        var objects = new MemoryObjectStore();
        objects.Write("in", "x/rows.json", """{"eu":1,"us":[2]}""");
        objects.Write("in", "y/one.jsonl", "{\"n\":1}\n{\"n\":2}\n");
        const string Definition = """
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemSelector":{"item.$":"$$.Map.Item"},
              "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"TYPE"},"Parameters":{"Bucket":"in","Key":"KEY"}},
              "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
            """;
        (await Run(Definition.Replace("TYPE", "JSON", StringComparison.Ordinal).Replace("KEY", "x/rows.json", StringComparison.Ordinal), JsonObject.Empty, objects: objects)).Output!.ToJson()
            .ShouldBe("""[{"item":{"Index":0,"Key":"eu","Value":1,"Source":"S3://in/x/rows.json"}},{"item":{"Index":1,"Key":"us","Value":[2],"Source":"S3://in/x/rows.json"}}]""");
        (await Run(Definition.Replace("TYPE", "JSONL", StringComparison.Ordinal).Replace("KEY", "y/one.jsonl", StringComparison.Ordinal), JsonObject.Empty, objects: objects)).Output!.ToJson()
            .ShouldBe("""[{"item":{"Index":0,"Value":{"n":1},"Source":"S3://in/y/one.jsonl"}},{"item":{"Index":1,"Value":{"n":2},"Source":"S3://in/y/one.jsonl"}}]""");
    }

    [Fact]
    public void The_origins_of_items_are_stored()
    {
        ItemOrigin[] origins = [new("S3://b/k", 2, HasKeys: true), new(null, 1, HasKeys: false)];
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        new ExecutionSignal(ExecutionSignalKind.ItemsRead, 1, new TaskId(1, 2), JsonValue.Parse("[1,2,3]"), details: origins).Write(buffer);
        ExecutionSignal.Read(buffer.WrittenSpan).Origins.ShouldBe(origins);
        ExecutionSignal.Read("""{"v":2,"kind":"ItemsRead","ticks":1,"slot":1,"generation":2,"value":[1]}"""u8).Origins.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""" "ToleratedFailureCount":0 """, false)]
    [InlineData(""" "ToleratedFailurePercentage":0 """, false)]
    [InlineData(""" "ToleratedFailureCount":0,"ToleratedFailurePercentage":34 """, true)]
    [InlineData(""" "ToleratedFailureCount":1,"ToleratedFailurePercentage":0 """, true)]
    [InlineData(""" "ToleratedFailureCount":1,"ToleratedFailurePercentage":33 """, false)]
    public async Task A_threshold_of_0_counts_as_none(string thresholds, bool succeeds)
    {
        var result = await Run(
            """
            {"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","Items":[1,2,3],"End":true,THRESHOLDS,"ItemProcessor":{
              "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"C","States":{
              "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 2 %}","Next":"X"}],"Default":"Y"},"X":{"Type":"Fail"},"Y":{"Type":"Succeed"}}}}}}
            """.Replace("THRESHOLDS", thresholds, StringComparison.Ordinal), JsonObject.Empty);
        result.IsSuccess.ShouldBe(succeeds);
    }

    [Theory]
    [InlineData(""" "Type":"Parallel","Branches":[{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}]""", "ParallelStateSucceeded")]
    [InlineData(""" "Type":"Map","ItemProcessor":{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""", "MapStateSucceeded")]
    [InlineData(""" "Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""", "MapStateSucceeded")]
    public async Task What_fails_after_its_branches_succeeded_follows_their_success(string state, string succeeded)
    {
        var result = await Run("""{"StartAt":"P","States":{"P":{STATE,"ResultSelector":{"r.$":"$.gone"},"End":true}}}""".Replace("STATE", state, StringComparison.Ordinal), JsonArray.Create([1]));
        result.Error.ShouldBe("States.Runtime");
        result.History[^2].Type.ToString().ShouldBe(succeeded);
        result.History[^1].PreviousEventId.ShouldBe(result.History[^2].Id);
    }

    [Fact]
    public async Task All_variables_together_have_a_limit()
    {
        var quotas = new ExecutionQuotas { MaxVariableBytes = 499_999 };
        var ended = await Run(Definition(""" "Output":0,"End":true}""", """ "Output":0,"End":true}"""), JsonObject.Empty, quotas: quotas);
        ended.IsSuccess.ShouldBeTrue($"The first branch has ended, and its variables with it: {ended.Cause}");
        // Both branches wait with their 200 kB, and 100 kB are around them.
        var waiting = Definition(""" "Next":"W0"},"W0":{"Type":"Wait","Seconds":1,"End":true}""", """ "Next":"W1"},"W1":{"Type":"Wait","Seconds":1,"End":true}""");
        var failed = await Run(waiting, JsonObject.Empty, quotas: quotas);
        failed.Error.ShouldBe("States.DataLimitExceeded");
        failed.Cause.ShouldBe("The state 'N1' assigned variables with a size exceeding the maximum number of bytes service limit.");
        (await Run(waiting, JsonObject.Empty)).IsSuccess.ShouldBeTrue();

        static string Definition(string first, string second) => """
            {"QueryLanguage":"JSONata","StartAt":"A","States":{
              "A":{"Type":"Pass","Assign":{"a":"{% $pad('', 100000, 'x') %}"},"Next":"P"},
              "P":{"Type":"Parallel","End":true,"Branches":[
                {"StartAt":"N0","States":{"N0":{"Type":"Pass","Assign":{"v0":"{% $pad('', 200000, 'x') %}"},FIRST}},
                {"StartAt":"N1","States":{"N1":{"Type":"Pass","Assign":{"v1":"{% $pad('', 200000, 'x') %}"},SECOND}}]}}}
            """.Replace("FIRST", first, StringComparison.Ordinal).Replace("SECOND", second, StringComparison.Ordinal);
    }

    static async Task<ExecutionResult> Run(string definition, JsonValue input, ITaskInvoker? invoker = null, IObjectStore? objects = null, ExecutionQuotas? quotas = null) =>
        await new OrkestraRuntime(invoker ?? new FunctionInvoker(), new OrkestraOptions { TimeProvider = new SkippingTimeProvider(), Objects = objects })
            .Run(ExecutionPlan.Compile(AslReader.Parse(definition)), input, new ExecutionOptions { Quotas = quotas ?? ExecutionQuotas.Aws });

    sealed class Submitting : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(TaskOutcome.Result(JsonObject.Empty));
    }
}
