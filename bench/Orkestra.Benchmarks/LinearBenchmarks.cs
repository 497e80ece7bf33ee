using System.Diagnostics;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>
/// What an item of a Map, or a turn of a loop, costs when there are 10,000 of them and when there are 100,000: a line of JSON for each workload, with and without a store that takes the
/// history. Costs are time of the processors. <c>ratio</c> is the cost of one at 100,000 by that at 10,000; 1 is linear. <c>held_mb</c> is what is held in memory beyond the input when the 100,000 are done,
/// <c>most_events</c> the longest part of a history that was ever held.
/// </summary>
static class LinearBenchmarks
{
    const int Rounds = 7;

    static readonly ExecutionQuotas Quotas = ExecutionQuotas.Aws with { MaxHistoryEvents = int.MaxValue, MaxPayloadBytes = int.MaxValue };

    static readonly (string Name, string Definition, Func<int, JsonValue> Input)[] Workloads =
    [
        ("map", """{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","End":true}}}}}}""", Items),
        ("map-jsonata", """{"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","End":true,"Items":"{% $states.input %}","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","Output":"{% $states.input + 1 %}","End":true}}}}}}""", Items),
        ("map-distributed", """{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","End":true}}}}}}""", Items),
        ("choice-loop", """{"StartAt":"Add","States":{"Add":{"Type":"Pass","Parameters":{"i.$":"States.MathAdd($.i, 1)","n.$":"$.n"},"Next":"More"},"More":{"Type":"Choice","Choices":[{"Variable":"$.i","NumericLessThanPath":"$.n","Next":"Add"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}""", Turns),
        ("choice-loop-jsonata", """{"QueryLanguage":"JSONata","StartAt":"Start","States":{"Start":{"Type":"Pass","Assign":{"i":0},"Next":"More"},"More":{"Type":"Choice","Choices":[{"Condition":"{% $i < $states.input.n %}","Assign":{"i":"{% $i + 1 %}"},"Next":"More"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}""", Turns),
        ("task-loop", """{"StartAt":"Add","States":{"Add":{"Type":"Pass","Parameters":{"i.$":"States.MathAdd($.i, 1)","n.$":"$.n"},"Next":"Call"},"Call":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:000000000000:function:echo","Next":"More"},"More":{"Type":"Choice","Choices":[{"Variable":"$.i","NumericLessThanPath":"$.n","Next":"Add"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}""", Turns),
    ];

    internal static async Task RunAsync(string only)
    {
        foreach (var (name, definition, input) in Workloads.Where(workload => workload.Name.Contains(only, StringComparison.Ordinal)))
        {
            var plan = ExecutionPlan.Compile(AslReader.Parse(definition));
            foreach (var stored in (bool[])[false, true]) await MeasureAsync(name, plan, input, stored);
        }
    }

    static async Task MeasureAsync(string name, ExecutionPlan plan, Func<int, JsonValue> input, bool stored)
    {
        var (few, many) = (input(10_000), input(100_000));
        var (small, large) = (new double[Rounds], new double[Rounds]);
        for (var round = -1; round < Rounds; round++)
        {
            // As much work in either, and as much for the collector to look through. The first round is to get warm.
            var ten = await CostAsync(plan, few, stored, 10);
            var one = await CostAsync(plan, many, stored, 1);
            if (round >= 0) (small[round], large[round]) = (ten, one);
        }

        var (held, events) = await HeldAsync(plan, many, stored);
        var (at10000, at100000) = (Median(small), Median(large));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["w"] = name,
            ["store"] = stored,
            ["ns_at_10k"] = Math.Round(at10000),
            ["ns_at_100k"] = Math.Round(at100000),
            ["ratio"] = Math.Round(at100000 / at10000, 2),
            ["most_events"] = events,
            ["held_mb"] = Math.Round(held / 1048576.0, 1),
            ["peakRssMB"] = Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0),
        }));
    }

    // Time of the processors, the collector's too, for one of 100,000: others may use the machine.
    static async Task<double> CostAsync(ExecutionPlan plan, JsonValue input, bool stored, int times)
    {
        GC.Collect();
        var started = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++) await RunAsync(plan, input, stored);
        return (Environment.CpuUsage.TotalTime - started).TotalNanoseconds / 100_000;
    }

    static async Task<(long Bytes, int Events)> HeldAsync(ExecutionPlan plan, JsonValue input, bool stored)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var result = await RunAsync(plan, input, stored);
        return (GC.GetTotalMemory(forceFullCollection: true) - before, result.History.Count - result.History.FirstKept);
    }

    static async Task<ExecutionResult> RunAsync(ExecutionPlan plan, JsonValue input, bool stored)
    {
        var runner = new OrkestraRuntime(new PeerFunctions(), new OrkestraOptions { Store = stored ? new TakingStore() : null });
        var result = await runner.RunAsync(plan, input, new ExecutionOptions { Quotas = Quotas });
        return result.IsSuccess ? result : throw new InvalidOperationException($"It ended {result.Status}: {result.Error} {result.Cause}");
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    static JsonArray Items(int count) => JsonArray.Create(Enumerable.Range(0, count).Select(i => (JsonValue)i));

    static JsonObject Turns(int count) => JsonObject.Create(("i", 0), ("n", count));
}
