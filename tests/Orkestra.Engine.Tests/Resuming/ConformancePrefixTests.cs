using Orkestra.Conformance;
using Orkestra.Conformance.Answers;
using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>
/// Every execution of the conformance data, resumed from its stored events: from every prefix with $ORKESTRA_EVERY_PREFIX=1, else from the first <see cref="Usual"/> and from as many
/// spread over the rest.
/// </summary>
public sealed class ConformancePrefixTests(ITestOutputHelper output)
{
    const int Usual = 12;

    public static TheoryData<string> Files() =>
        Settings.Conformance is { } data ? [.. Runner.Files(data).Where(file => file.StartsWith("localstack/ex", StringComparison.Ordinal))] : [""];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Resuming_from_a_prefix_gives_the_identical_history(string file)
    {
        if (Settings.Conformance is not { } data)
        {
            Assert.Skip("The conformance data is not here: set ORKESTRA_CONFORMANCE to its folder.");
            return;
        }

        var answerer = new ExecutionAnswers();
        var wrong = new List<string>();
        var (cases, prefixes) = (0, 0);
        foreach (var corpusCase in Runner.Cases(data, file).Where(corpusCase => answerer.Kinds.Contains(corpusCase.Kind)))
        {
            var store = new ByteStore();
            NotingInvoker? edges = null;
            var run = await ExecutionAnswers.RunAsync(corpusCase, store, inner => edges = new NotingInvoker(inner));
            var first = new FirstRun(run.Plan, run.Objects, edges!, store.All, run.Result);
            cases++;
            foreach (var count in Prefixes(first.Count))
            {
                prefixes++;
                if (await first.DifferenceAfterAsync(count) is not { } difference) continue;
                wrong.Add($"{corpusCase.Id} resumed after {count} of {first.Count} events: {difference}");
                break;
            }
        }

        output.WriteLine($"{cases} executions, {prefixes} prefixes");
        wrong.ShouldBeEmpty();
        if (cases == 0) Assert.Skip("No case of this file is an execution.");
    }

    static IEnumerable<int> Prefixes(int count)
    {
        if (Settings.EveryPrefix || count <= Usual * 2) return Enumerable.Range(1, count);
        return Enumerable.Range(1, Usual).Concat(Enumerable.Range(1, Usual).Select(i => Usual + (int)((long)(count - Usual) * i / Usual)));
    }
}
