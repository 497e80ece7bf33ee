using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests.Terminal;

/// <summary>What a person reads, piped, when a step fails or a Map has many items.</summary>
public sealed class FailureReportTests
{
    [Fact]
    public async Task The_line_is_the_user_s_where_the_product_threw()
    {
        var run = await HostRun.OfAsync<ReadsBadJson>();
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("ReadsBadJson failed: JsonFormatException: ");
        run.Error.ShouldMatch(@"\n  at     .*FailureReportTests\.cs:\d+\n         static readonly Step<Nothing, int> Read = ");
    }

    [Fact]
    public async Task A_long_input_is_cut()
    {
        var run = await HostRun.OfAsync<FailsOnText>("run", "--input", $"\"{new string('x', 5000)}\"");
        run.Error.ShouldContain($"\n  input  \"{new string('x', 1999)}… (5002 characters)\n");
        run.Error.ShouldNotContain(new string('x', 2001));
    }

    [Fact]
    public async Task Of_many_iterations_the_first_twenty_are_told_and_those_that_go_wrong()
    {
        var run = await HostRun.OfAsync<Many>();
        run.ExitCode.ShouldBe(0);
        run.Error.Split('\n').Count(line => line.StartsWith("    Divide [", StringComparison.Ordinal)).ShouldBe(21);
        run.Error.ShouldContain("    Divide [30]  caught DivideByZeroException: ");
    }

    [Fact]
    public async Task A_workflow_over_numbers_needs_an_input()
    {
        var run = await HostRun.OfAsync<Doubles>();
        run.ShouldBe(new HostRun(2, "", "Doubles needs an input: give it with run --input, a file or JSON text.\n"));
    }

    public sealed class ReadsBadJson : Workflow<Nothing, int>
    {
        static readonly Step<Nothing, int> Read = new(_ => JsonValue.Parse("{").Utf8Length);

        public override Flow<Nothing, int> Define() => Read;
    }

    public sealed class FailsOnText : Workflow<string, int>
    {
        static readonly Step<string, int> Fail = new(_ => throw new FormatException("no"));

        public override Flow<string, int> Define() => Fail;
    }

    public sealed class Many : Workflow<Nothing, Outcome<int>[]>
    {
        static readonly Step<Nothing, int[]> Make = new(_ => [.. Enumerable.Range(0, 40)]);
        static readonly Step<int, int> Divide = new(number => 12 / (number - 30));

        public override Flow<Nothing, Outcome<int>[]> Define() => Make >> Divide.MapOutcomes();
    }

    public sealed class Doubles : Workflow<double, double>
    {
        static readonly Step<double, double> Twice = new(number => number * 2);

        public override Flow<double, double> Define() => Twice;
    }
}
