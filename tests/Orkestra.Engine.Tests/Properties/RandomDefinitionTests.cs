using CsCheck;
using Orkestra.Asl;
using Orkestra.Engine.Tests.Generating;
using Orkestra.Engine.Tests.Resuming;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Properties;

/// <summary>
/// Random valid definitions, run to their end and then, interrupted, run again: as many as fit in some seconds, or in $ORKESTRA_FUZZ_SECONDS. CsCheck prints the seed of what fails, which
/// CsCheck_Seed brings back.
/// </summary>
public sealed class RandomDefinitionTests(ITestOutputHelper output)
{
    static readonly Gen<Trial> Trials =
        from definition in Definitions.Machine
        from input in Definitions.Input
        from script in Gen.Int[0, 1_000_000]
        from stop in Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[1, 400]))
        from redrives in Gen.Bool
        from prefixes in Gen.Int[0, 1_000_000].Array[3]
        select new Trial(definition, input, script, stop, redrives, prefixes);

    [Fact]
    public void A_document_is_valid_and_reads_as_it_was_written() => Definitions.Machine.Sample(
        definition =>
        {
            var validated = StateMachineValidator.Validate(definition.ToJson());
            validated.IsValid.ShouldBeTrue($"{string.Join("; ", validated.Diagnostics)}\n{definition.ToIndentedJson()}");
            var document = AslReader.Parse(definition.ToJson());
            AslReader.Parse(AslWriter.Write(document)).ShouldBe(document);
            AslWriter.ToJson(document).Equals(definition).ShouldBeTrue();
        },
        time: Seconds(3),
        threads: 1);

    [Fact]
    public async Task An_interrupted_run_ends_as_an_uninterrupted_one()
    {
        var ends = new Dictionary<ExecutionStatus, int>();
        var (runs, events) = (0, 0);
        await Trials.SampleAsync(
            async trial =>
            {
                var (first, result) = await RunAsync(trial);
                runs++;
                events += first.Count;
                ends[result.Status] = ends.GetValueOrDefault(result.Status) + 1;
                HistoryRules.Broken([.. result.History], result.Status).ShouldBeNull();
                foreach (var prefix in trial.Prefixes.Select(prefix => prefix % first.Count + 1).Distinct())
                {
                    if (await first.DifferenceAfterAsync(prefix) is { } difference) throw new InvalidOperationException($"Resumed after {prefix} of {first.Count} events: {difference}");
                }
            },
            time: Seconds(10),
            threads: 1,
            print: trial => $"{trial}\n{trial.Definition.ToIndentedJson()}");
        output.WriteLine($"{runs} executions, {events} events; {string.Join(", ", ends.Select(end => $"{end.Value} {end.Key}"))}");
        // On a busy machine few fit into the time, and may all end alike.
        if (runs >= 100) ends.Count.ShouldBeGreaterThan(1);
    }

    static async Task<(FirstRun Run, ExecutionResult Result)> RunAsync(Trial trial)
    {
        var clock = new SkippingTimeProvider();
        var world = new ScriptedWorld(trial.Script, clock);
        var edges = new NotingInvoker(world);
        var (store, objects) = (new ByteStore(), new MemoryObjectStore());
        var runner = world.Runner = new OrkestraRuntime(edges, new OrkestraOptions { TimeProvider = clock, Store = store, Objects = objects });
        runner.Activities.Create(Tasks.Activity);
        var plan = ExecutionPlan.Compile(AslReader.Parse(trial.Definition.ToJson()));
        // The clock waits until there is a handle to stop it with.
        clock.BeginPump();
        ITimer? stop = null;
        ExecutionHandle? handle = null;
        if (trial.StopAfter > 0) stop = clock.CreateTimer(_ => handle?.StopAsync("Stopped", "by hand"), null, TimeSpan.FromSeconds(trial.StopAfter), Timeout.InfiniteTimeSpan);
        handle = await runner.StartAsync(plan, trial.Input, new ExecutionOptions { Seed = (ulong)trial.Script, StartsOnCallingThread = true });
        clock.EndPump();
        var result = await EndAsync(handle, store);
        if (trial.Redrives && !result.IsSuccess)
        {
            world.IsMended = true;
            result = await EndAsync(await handle.RedriveAsync(), store);
        }

        if (stop is not null) await stop.DisposeAsync();
        return (new FirstRun(plan, objects, edges, store.All, result), result);
    }

    static async Task<ExecutionResult> EndAsync(ExecutionHandle handle, ByteStore store)
    {
        try
        {
            return await handle.Completion.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"It does not end. The last events are:\n{string.Join('\n', store.All.TakeLast(30))}", problem);
        }
    }

    static int Seconds(double usual) => (int)Math.Ceiling(Settings.FuzzTime(usual).TotalSeconds);

    sealed record Trial(JsonObject Definition, JsonObject Input, int Script, int StopAfter, bool Redrives, int[] Prefixes)
    {
        public override string ToString() => $"input {Input.ToJson()}, script {Script}, stop after {StopAfter}, redrives {Redrives}, prefixes {string.Join(' ', Prefixes)}";
    }
}
