using System.Text;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Hostile;

/// <summary>Definitions that are large, deep or without end: each is refused or ends with an error or a quota.</summary>
public sealed class HostileDefinitionTests
{
    [Fact]
    public void A_megabyte_of_parallels_in_each_other_is_refused()
    {
        var definition = Nested(13_000);
        definition.Length.ShouldBeGreaterThan(1_000_000);
        AslReader.Read(definition).HasErrors.ShouldBeTrue();
        StateMachineValidator.Validate(definition).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Parallels_in_each_other_run_as_deep_as_they_can_be_read()
    {
        var result = await RunAsync(Nested(240), "{}");
        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        result.Output!.Depth.ShouldBe(241);
    }

    [Fact]
    public async Task A_parallel_of_a_megabyte_of_branches_ends()
    {
        var branch = """{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}""";
        var definition = $$$$"""{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{{{{string.Join(',', Enumerable.Repeat(branch, 20_000))}}}}]}}}""";
        var result = await RunAsync(definition, "{}");
        result.Cause.ShouldBe("The execution reached the maximum number of history events (25000).");
        (await RunAsync(definition, "{}", ExecutionQuotas.Unlimited)).Output.ShouldBeOfType<JsonArray>().Count.ShouldBe(20_000);
    }

    [Fact]
    public async Task Giving_up_many_branches_takes_no_longer_for_each_of_them()
    {
        var branch = """{"StartAt":"S","States":{"S":{"Type":"Pass","End":true}}}""";
        var failing = """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Boom"}}}""";
        var definition = $$$$"""{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{{{{failing}}}},{{{{string.Join(',', Enumerable.Repeat(branch, 100_000))}}}}]}}}""";
        var result = await RunAsync(definition, "{}", ExecutionQuotas.Unlimited);
        result.Error.ShouldBe("Boom");
    }

    [Theory]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$","IsPresent":true,"Next":"A"}]}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":0,"Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Map","Next":"A","QueryLanguage":"JSONata","Items":[],"Output":1,"ItemProcessor":{"StartAt":"S","States":{"S":{"Type":"Succeed"}}}}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$"},"Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Assign":{"v":"{% [$states.input] %}"},"Output":"{% [[[$states.input, 1]]] %}","Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $states.input & $states.input & 'x' %}","Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","Next":"B"}}},{"StartAt":"C","States":{"C":{"Type":"Pass","Next":"C"}}}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fail","Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":99999999,"IntervalSeconds":0}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fail","Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":99999999,"IntervalSeconds":99999999,"BackoffRate":1000000}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Parallel","Arguments":"{% $undefined() %}","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}],"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":99999999,"IntervalSeconds":0}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Map","ItemsPath":"$.nothing","ItemProcessor":{"StartAt":"B","States":{"B":{"Type":"Succeed"}}},"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":99999999,"IntervalSeconds":0}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:fail","Catch":[{"ErrorEquals":["States.ALL"],"Next":"A"}],"End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":99999999,"Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Wait","Timestamp":"9999-12-31T23:59:59Z","Next":"A"}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","TimeoutSeconds":99999999,"Next":"A"}}}""")]
    public async Task What_goes_on_for_ever_is_ended(string definition)
    {
        foreach (var type in (StateMachineType[])[StateMachineType.Standard, StateMachineType.Express])
        {
            var result = await RunAsync(definition, "{}", type: type, quotas: ExecutionQuotas.Aws with { MaxExpressHistoryEvents = 60_000 });
            result.IsSuccess.ShouldBeFalse();
            foreach (var happened in result.History.TakeLast(5)) happened.ToJson().ToJson().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_loop_of_tasks_that_are_answered_at_once_can_be_stopped()
    {
        var plan = Plan("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","Next":"A"}}}""");
        var quotas = new ExecutionOptions { Type = StateMachineType.Express, Quotas = ExecutionQuotas.Unlimited };
        var world = new EchoWorld();
        var runner = new ExecutionRunner(world);
        using var stop = new CancellationTokenSource();
        world.OnCall = count => { if (count == 5000) stop.Cancel(); };
        (await runner.RunAsync(plan, JsonObject.Empty, quotas, stop.Token)).Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Theory]
    [InlineData("INLINE", "The execution reached the maximum number of history events (25000).")]
    [InlineData("DISTRIBUTED", null)]
    public async Task A_map_of_40000_items_ends(string mode, string? cause)
    {
        var definition = """{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"MODE","ExecutionType":"EXPRESS"},"StartAt":"S","States":{"S":{"Type":"Succeed"}}}}}}""";
        var items = JsonArray.Create(Enumerable.Range(0, 40_000).Select(i => (JsonValue)i));
        var result = await RunAsync(definition.Replace("MODE", mode, StringComparison.Ordinal), items.ToJson());
        result.Cause.ShouldBe(cause);
        if (cause is null) result.Output.ShouldBeOfType<JsonArray>().Count.ShouldBe(40_000);
    }

    [Theory]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$"},"End":true}}}""")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% [$states.input] %}","End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$..a","IsPresent":true,"Next":"B"}],"Default":"B"},"B":{"Type":"Succeed"}}}""")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Pass","Output":"{% $string($states.input) %}","End":true}}}""")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"States.JsonToString($)"},"End":true}}}""")]
    public async Task A_deep_input_runs_or_is_refused(string definition)
    {
        foreach (var depth in (int[])[900, 4_999, 5_000, 10_000, 100_000])
        {
            var text = $"{new string('[', depth)}{new string(']', depth)}";
            JsonValue input;
            try
            {
                input = JsonValue.Parse(text, new JsonReadOptions { MaxDepth = int.MaxValue });
            }
            catch (JsonFormatException) when (depth > 9_000)
            {
                continue;
            }

            try
            {
                var result = await RunAsync(definition, input);
                foreach (var happened in result.History) happened.ToJson().ToJson().ShouldNotBeEmpty();
                if (result.IsSuccess) result.Output!.ToJson().ShouldNotBeEmpty();
            }
            catch (ArgumentException problem) when (depth > 5_000)
            {
                problem.Message.ShouldContain("levels deep");
            }
        }
    }

    [Fact]
    public async Task A_chain_of_ten_thousand_states_runs()
    {
        var states = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"S{i}\":{{\"Type\":\"Pass\",{(i == 9_999 ? "\"End\":true" : $"\"Next\":\"S{i + 1}\"")}}}"));
        var definition = $"{{\"StartAt\":\"S0\",\"States\":{{{states}}}}}";
        StateMachineValidator.Validate(definition).IsValid.ShouldBeTrue();
        (await RunAsync(definition, "{}")).History.Count.ShouldBe(20_002);
    }

    [Fact]
    public async Task A_choice_of_ten_thousand_rules_and_a_rule_of_many_levels_run()
    {
        var rules = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"{{\"Variable\":\"$.n\",\"NumericEquals\":{i},\"Next\":\"S\"}}"));
        (await RunAsync($"{{\"StartAt\":\"C\",\"States\":{{\"C\":{{\"Type\":\"Choice\",\"Choices\":[{rules}]}},\"S\":{{\"Type\":\"Succeed\"}}}}}}", """{"n":9999}""")).IsSuccess.ShouldBeTrue();
        var deep = new StringBuilder();
        for (var i = 0; i < 900; i++) deep.Append("""{"Not":""");
        deep.Append("""{"Variable":"$.n","IsPresent":true}""").Append('}', 900);
        var definition = $"{{\"StartAt\":\"C\",\"States\":{{\"C\":{{\"Type\":\"Choice\",\"Choices\":[{deep.ToString()[..^1]},\"Next\":\"S\"}}]}},\"S\":{{\"Type\":\"Succeed\"}}}}}}";
        if (AslReader.Read(definition).HasErrors) return;
        (await RunAsync(definition, """{"n":1}""")).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{% ($f := function($x) { $f($x + 1) + 1 }; $f(1)) %}")]
    [InlineData("{% [1..100000000] %}")]
    [InlineData("{% $reduce([1..40], function($a, $b) { $a & $a }, 'xxxxxxxxxx') %}")]
    [InlineData("{% $count([1..9999].[1..9999]) %}")]
    [InlineData("{% $pad('', 2000000000, 'x') %}")]
    [InlineData("{% $join([1..100000].'xxxxxxxxxx') %}")]
    [InlineData("{% $match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/) %}")]
    [InlineData("{% $states.input.**.**.**.** %}")]
    public async Task A_jsonata_bomb_is_an_error_of_the_query(string expression)
    {
        var definition = JsonObject.Create(
            ("StartAt", "A"), ("QueryLanguage", "JSONata"), ("States", JsonObject.Create(("A", JsonObject.Create(("Type", "Pass"), ("Output", expression), ("End", true))))));
        var result = await RunAsync(definition.ToJson(), """{"a":{"b":{"c":[1,2,3,{"d":{}}]}}}""");
        if (!result.IsSuccess) result.Error.ShouldBeOneOf("States.QueryEvaluationError", "States.DataLimitExceeded");
    }

    [Theory]
    [InlineData("States.ArrayRange(1, 1000000000, 1)")]
    [InlineData("States.Format('{}{}{}{}{}{}{}{}', $, $, $, $, $, $, $, $)")]
    [InlineData("States.StringToJson(States.JsonToString(States.Array($, $)))")]
    [InlineData("$..*..*..*..*")]
    [InlineData("States.ArrayPartition(States.ArrayRange(1, 1000, 1), 1)")]
    public async Task A_bomb_of_paths_and_intrinsics_ends(string expression)
    {
        var definition = JsonObject.Create(
            ("StartAt", "A"), ("States", JsonObject.Create(("A", JsonObject.Create(("Type", "Pass"), ("Parameters", JsonObject.Create(("x.$", expression))), ("Next", "A"))))));
        (await RunAsync(definition.ToJson(), """{"a":{"b":{"c":[1,2,3,{"d":{}}]}}}""")).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public void Names_that_are_lone_surrogates_are_read_beside_others() =>
        ((JsonArray)JsonValue.Parse("""[{"ab":1},{"\ud800":2},{"\u0061b":3}]""")).ToArray().Select(item => ((JsonObject)item).Names[0]).ShouldBe(["ab", "\ud800", "ab"]);

    static string Nested(int depth)
    {
        var text = new StringBuilder("{\"StartAt\":\"0\",\"States\":{");
        for (var i = 0; i < depth; i++) text.Append($"\"{i}\":{{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{{\"StartAt\":\"{i + 1}\",\"States\":{{");
        text.Append($"\"{depth}\":{{\"Type\":\"Succeed\"}}");
        for (var i = 0; i < depth; i++) text.Append("}}]}");
        return text.Append("}}").ToString();
    }

    static ExecutionPlan Plan(string definition) => ExecutionPlan.Compile(AslReader.Parse(definition));

    static Task<ExecutionResult> RunAsync(string definition, string input, ExecutionQuotas? quotas = null, StateMachineType type = StateMachineType.Standard) =>
        RunAsync(definition, JsonValue.Parse(input), quotas, type);

    static async Task<ExecutionResult> RunAsync(string definition, JsonValue input, ExecutionQuotas? quotas = null, StateMachineType type = StateMachineType.Standard)
    {
        var runner = new ExecutionRunner(new EchoWorld(), new ExecutionRunnerOptions { TimeProvider = new SkippingTimeProvider() });
        return await runner.RunAsync(Plan(definition), input, new ExecutionOptions { Type = type, Quotas = quotas ?? ExecutionQuotas.Aws }).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
    }
}
