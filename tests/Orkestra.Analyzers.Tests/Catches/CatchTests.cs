using Orkestra.Analyzers.Catches;
using Orkestra.Analyzers.Tests.Fixes;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Catches;

/// <summary>ORK016 and ORK017: what guards less than it seems to.</summary>
public sealed class CatchTests
{
    [Theory]
    [InlineData("A\n>> B\n>> C.Catch<IOException>(H)")]
    [InlineData("A\n>> B\n>> C\n.Catch<IOException>(H)")]
    [InlineData("A >> B\n>> C.Catch<IOException>(H).Catch<TimeoutException>(H)")]
    public void A_catch_at_the_end_of_a_chain_of_lines(string flow) => Found(flow).Where(finding => finding.Id == "ORK016").ShouldHaveSingleItem().Message.ShouldMatch(
        @"^This Catch<\w+>\(…\) guards 'C' only, not the steps above it: write 'Try\(… >> C\)\.Catch<\w+>\(…\)' to guard the whole chain, or '\(C\.Catch<\w+>\(…\)\)' to say that one step is meant$");

    [Theory]
    [InlineData("A\n>> B\n>> C.Finally(R)", "C")]
    [InlineData("A\n>> B\n>> C\n.Finally(R)", "C")]
    [InlineData("A\n>> B\n>> C.Catch<IOException>(H).Finally(R >> B)", "C")]
    public void A_finally_at_the_end_of_a_chain_of_lines(string flow, string step) => Found(flow).Where(finding => finding.Id == "ORK016").ShouldHaveSingleItem().Message.ShouldBe(
        $"This Finally(…) guards '{step}' only, not the steps above it: write 'Try(… >> {step}).Finally(…)' to guard the whole chain, or '({step}.Finally(…))' to say that one step is meant");

    [Fact]
    public void A_catch_of_what_is_caught_before()
    {
        var finding = Found("A >> B.Catch<IOException>(H).Catch<TimeoutException>(H).Catch<IOException>(H)").ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK017", "The first catch of IOException takes every error that this one is for: remove it, or catch another exception"));
    }

    [Fact]
    public void A_catch_of_what_is_derived_from_what_is_caught_before()
    {
        var finding = Found("A >> B.Catch<IOException>(H).Catch<FileNotFoundException>(H)").ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK017", "The first catch of IOException takes every error that this one is for: remove it, or catch another exception"));
    }

    [Theory]
    [InlineData("A >> B >> C.Catch<IOException>(H)")]
    [InlineData("(A\n>> B\n>> C).Catch<IOException>(H)")]
    [InlineData("A\n>> B\n>> (C.Catch<IOException>(H))")]
    [InlineData("A\n>> B.Catch<IOException>(H)\n>> C.Catch<IOException>(H)")]
    [InlineData("A\n>> B.Catch<IOException>(H)\n>> C")]
    [InlineData("A.Catch<IOException>(H).Catch<Exception>(H)")]
    [InlineData("A.Catch<Exception>(H).Catch<IOException>(H)")]
    [InlineData("A.Catch<FileNotFoundException>(H).Catch<IOException>(H)")]
    [InlineData("Try(A\n>> B\n>> C).Catch<IOException>(H)")]
    [InlineData("A >> B >> C.Finally(R)")]
    [InlineData("A\n>> B\n>> (C.Finally(R))")]
    [InlineData("Try(A\n>> B\n>> C).Finally(R)")]
    [InlineData("A\n>> B.Finally(R)\n>> C.Finally(R)")]
    [InlineData("A\n>> B\n>> Text\n>> Length.Finally(Close)")]
    [InlineData("A\n>> B\n>> C.CompensateWith(R)")]
    public void What_is_clear_is_fine(string flow) => Found(flow).ShouldBeEmpty();

    [Fact]
    public Task The_whole_chain_is_guarded() => FixCheck.RunAsync<CatchAnalyzer, CatchFix>(
        "ORK016", Around("A\n        >> B\n        >> C.[|Catch<IOException>|](H)"), Around("Try(A\n        >> B\n        >> C).Catch<IOException>(H)"));

    [Fact]
    public Task Or_the_last_step_only() => FixCheck.RunAsync<CatchAnalyzer, CatchFix>(
        "ORK016", Around("A\n        >> B\n        >> C.[|Catch<IOException>|](H)"), Around("A\n        >> B\n        >> (C.Catch<IOException>(H))"), fix: 1);

    [Fact]
    public Task A_finally_follows_the_whole_chain() => FixCheck.RunAsync<CatchAnalyzer, CatchFix>(
        "ORK016", Around("A\n        >> B\n        >> C.[|Finally|](R)"), Around("Try(A\n        >> B\n        >> C).Finally(R)"));

    [Fact]
    public Task Or_it_follows_the_last_step_only() => FixCheck.RunAsync<CatchAnalyzer, CatchFix>(
        "ORK016", Around("A\n        >> B\n        >> C.[|Finally|](R)"), Around("A\n        >> B\n        >> (C.Finally(R))"), fix: 1);

    static IReadOnlyList<Finding> Found(string flow) => Analysis.OfOrkestra(Around(flow));

    static string Around(string flow) => $$"""
        public sealed class Work : Workflow<int, int>
        {
            static readonly Step<int, int> A = new(n => n);
            static readonly Step<int, int> B = new(n => n);
            static readonly Step<int, int> C = new(n => n);
            static readonly Step<Failure, int> H = new(failure => 0);
            static readonly Step<int, int> R = new(n => n);
            static readonly Step<int, string> Text = new(n => "a");
            static readonly Step<string, int> Length = new(text => text.Length);
            static readonly Step<string, int> Close = new(text => text.Length);
            public override Flow<int, int> Define() => {{flow}};
        }
        """;
}
