using Orkestra.Asl;
using Orkestra.Engine.Tests.Hostile;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Costs;

/// <summary>What one item or turn costs does not grow with how many there are: counted in bytes and events, not in time.</summary>
public sealed class LinearCostTests
{
    const string InlineMap = """{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","End":true}}}}}}""";
    const string DistributedMap = """{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"S","States":{"S":{"Type":"Succeed"}}}}}}""";
    const string Loop = """{"StartAt":"Add","States":{"Add":{"Type":"Pass","Parameters":{"i.$":"States.MathAdd($.i, 1)","n.$":"$.n"},"Next":"Call"},"Call":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","Next":"More"},"More":{"Type":"Choice","Choices":[{"Variable":"$.i","NumericLessThanPath":"$.n","Next":"Add"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}""";

    const string JsonataLoop = """{"QueryLanguage":"JSONata","StartAt":"Start","States":{"Start":{"Type":"Pass","Assign":{"i":0},"Next":"More"},"More":{"Type":"Choice","Choices":[{"Condition":"{% $i < $states.input.n %}","Assign":{"i":"{% $i + 1 %}"},"Next":"More"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}""";

    [Theory]
    [InlineData(JsonataLoop, false)]
    [InlineData(JsonataLoop, true)]
    [InlineData(InlineMap, false)]
    [InlineData(InlineMap, true)]
    [InlineData(DistributedMap, false)]
    [InlineData(Loop, false)]
    [InlineData(Loop, true)]
    public async Task Ten_times_as_many_allocate_ten_times_as_much(string definition, bool stored)
    {
        var plan = ExecutionPlan.Compile(AslReader.Parse(definition));
        await AllocatedAsync(1_000);
        var few = await AllocatedAsync(4_000);
        var many = await AllocatedAsync(40_000);
        (many / (few * 10.0)).ShouldBeInRange(0.8, 1.2);

        async Task<long> AllocatedAsync(int count)
        {
            var input = InputOf(definition, count);
            var store = stored ? new HistoryTaker() : null;
            var runner = new OrkestraRuntime(new EchoWorld(), new OrkestraOptions { TimeProvider = new SkippingTimeProvider(), Store = store, Turn = TimeSpan.FromHours(1) });
            var before = GC.GetAllocatedBytesForCurrentThread();
            // All of it happens on this thread.
            var running = runner.RunAsync(plan, input, new ExecutionOptions { Quotas = ExecutionQuotas.Unlimited }, TestContext.Current.CancellationToken);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            running.IsCompletedSuccessfully.ShouldBeTrue();
            (await running).IsSuccess.ShouldBeTrue();
            return allocated;
        }
    }

    [Theory]
    [InlineData(InlineMap)]
    [InlineData(Loop)]
    public async Task A_store_that_keeps_the_history_bounds_what_is_held_of_it(string definition)
    {
        var store = new HistoryTaker();
        var runner = new OrkestraRuntime(new EchoWorld(), new OrkestraOptions { Store = store });
        var quotas = ExecutionQuotas.Aws with { MaxHistoryEvents = int.MaxValue, MaxPayloadBytes = int.MaxValue };
        var result = await runner.RunAsync(ExecutionPlan.Compile(AslReader.Parse(definition)), InputOf(definition, 20_000), new ExecutionOptions { Quotas = quotas }, TestContext.Current.CancellationToken);
        result.History.Count.ShouldBeGreaterThan(120_000);
        (result.History.Count - result.History.FirstKept).ShouldBeLessThan(2_100);
        store.Taken.ShouldBe(result.History.Count);
        store.MostHeld.ShouldBeLessThan(2_100);
    }

    static JsonValue InputOf(string definition, int count) =>
        definition is Loop or JsonataLoop ? JsonObject.Create(("i", 0), ("n", count)) : JsonArray.Create(Enumerable.Range(0, count).Select(i => (JsonValue)i));
}
