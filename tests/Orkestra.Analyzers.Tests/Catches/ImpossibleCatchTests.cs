using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Catches;

/// <summary>ORK032: catches of what a step does not throw.</summary>
public sealed class ImpossibleCatchTests
{
    [Theory]
    [InlineData("A.Catch<FormatException>(H)", "Catch", "FormatException")]
    [InlineData("A.Retry<FormatException>(3)", "Retry", "FormatException")]
    [InlineData("B >> A.Timeout(TimeSpan.FromSeconds(3)).Catch<IOException>(H).Catch<FormatException>(H)", "Catch", "FormatException")]
    public void An_exception_that_is_not_declared(string flow, string method, string exception)
    {
        var finding = Found(flow).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK032", $"'A' declares to throw IOException, ArgumentException, so this {method} never sees {exception}: remove it, or add the exception to Throws of 'A'"));
    }

    [Theory]
    [InlineData("A.Catch<IOException>(H)")]
    [InlineData("A.Catch<FileNotFoundException>(H)")]
    [InlineData("A.Catch<ArgumentException>(H).Catch<Exception>(H)")]
    [InlineData("A.Catch<TimeoutException>(H)")]
    [InlineData("B.Catch<FormatException>(H)")]
    [InlineData("(B >> A).Catch<FormatException>(H)")]
    public void What_is_possible(string flow) => Found(flow).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string flow) => Analysis.OfOrkestra($$"""
        public sealed class Work : Workflow<int, int>
        {
            static readonly Step<int, int> A = new(n => n) { Throws = [typeof(IOException), typeof(ArgumentException)] };
            static readonly Step<int, int> B = new(n => n);
            static readonly Step<Failure, int> H = new(failure => 0);
            public override Flow<int, int> Define() => {{flow}};
        }
        """);
}
