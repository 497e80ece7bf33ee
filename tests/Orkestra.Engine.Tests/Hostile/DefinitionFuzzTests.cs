using System.Text;
using CsCheck;
using Orkestra.Asl;
using Orkestra.Conformance;
using Orkestra.Engine.Tests.Generating;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Hostile;

/// <summary>
/// Real definitions (where the conformance data is) and random ones, changed at random, are read, validated, written, compiled and run for some seconds, or $ORKESTRA_FUZZ_SECONDS: only what
/// is documented may be thrown, and a run always ends.
/// </summary>
public sealed class DefinitionFuzzTests(ITestOutputHelper output)
{
    static readonly byte[][] Real = Settings.Conformance is { } data
        ? [.. Runner.Files(data).Where(file => file.StartsWith("definitions/", StringComparison.Ordinal) || file.StartsWith("localstack/execution", StringComparison.Ordinal))
            .SelectMany(file => Runner.Cases(data, file)).Select(found => Encoding.UTF8.GetBytes(found.DefinitionText)).Where(text => text.Length is > 0 and < 20_000)]
        : [];

    static readonly Gen<byte[]> Texts =
        from isReal in Gen.Bool
        from text in isReal && Real.Length > 0 ? Gen.Int[0, Real.Length - 1].Select(i => Real[i]) : Definitions.Machine.Select(definition => definition.ToUtf8Bytes())
        from seed in Gen.Int
        select new Mutations(seed).Of(text);

    [Fact]
    public async Task A_changed_definition_is_refused_or_runs_to_an_end()
    {
        var (texts, documents, runs) = (0, 0, 0);
        await Gen.Select(Texts, Definitions.Input).SampleAsync(
            async (text, input) =>
            {
                texts++;
                var read = AslReader.Read(text);
                StateMachineValidator.Validate(Encoding.UTF8.GetString(text));
                if (read.Document is not { } document) return;
                documents++;
                StateMachineValidator.Validate(document);
                AslReader.Read(AslWriter.Write(document)).Document.ShouldNotBeNull();
                if (await RunAsync(document, input)) runs++;
            },
            time: (int)Math.Ceiling(Settings.FuzzTime(5).TotalSeconds),
            threads: 1,
            print: trial => $"{Encoding.UTF8.GetString(trial.Item1)}\n{trial.Item2}");
        output.WriteLine($"{texts} texts, {documents} documents, {runs} runs");
        // On a busy machine few fit into the time, and all may be refused.
        if (texts >= 1_000) runs.ShouldBeGreaterThan(0);
    }

    static async Task<bool> RunAsync(StateMachine document, JsonObject input)
    {
        ExecutionPlan plan;
        try
        {
            plan = ExecutionPlan.Compile(document);
        }
        catch (InvalidStateMachineException)
        {
            return false;
        }

        var runner = new OrkestraRuntime(new EchoWorld(), new OrkestraOptions { TimeProvider = new SkippingTimeProvider(), Objects = new MemoryObjectStore() });
        var handle = await runner.StartAsync(plan, input, new ExecutionOptions { Seed = 1, StartsOnCallingThread = true, Quotas = ExecutionQuotas.Aws with { MaxHistoryEvents = 500 } });
        // What waits for a callback waits for ever.
        if (handle.Status == ExecutionStatus.Running) await handle.StopAsync();
        var result = await handle.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        foreach (var happened in result.History) happened.ToJson().ToJson().ShouldNotBeEmpty();
        return true;
    }
}
