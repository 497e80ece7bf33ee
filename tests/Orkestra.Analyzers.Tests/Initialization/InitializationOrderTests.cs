using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Initialization;

/// <summary>ORK019: steps that are used before they are made.</summary>
public sealed class InitializationOrderTests
{
    [Theory]
    [InlineData("static readonly Flow<int, int> Both = A >> A; static readonly Step<int, int> A = new(n => n);", 2)]
    [InlineData("static Flow<int, int> Both { get; } = A.Retry(3); static Step<int, int> A { get; } = new(n => n);", 1)]
    public void Are_reported(string members, int times)
    {
        var findings = Found(members);
        findings.Count.ShouldBe(times);
        findings.ShouldAllBe(finding => finding.Id == "ORK019" && finding.Message == "'A' is declared after 'Both' and is still null when 'Both' is filled: declare 'A' above it");
    }

    [Theory]
    [InlineData("static readonly Step<int, int> A = new(Same); static readonly Func<int, int> Same = n => n;", "'Same' is declared after 'A' and is still null when 'A' is filled: declare 'Same' above it")]
    [InlineData("static readonly Step<int, int> A = new(n => n) { Timeout = Longest }; static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);", "'Longest' is declared after 'A' and is still its default when 'A' is filled: declare 'Longest' above it")]
    public void Whatever_a_step_is_made_of_is_reported(string members, string message)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK019", message));
    }

    [Theory]
    [InlineData("static readonly Step<int, int> A = new(n => n) { Retry = times }; const int times = 3;")]
    [InlineData("static readonly Step<int, int> A = new(n => n + more); static readonly int more = 3;")]
    [InlineData("static readonly Step<int, int> A = new(n => n); static readonly Flow<int, int> Both = A >> A;")]
    [InlineData("static Flow<int, int> Both => A >> A; static readonly Step<int, int> A = new(n => n);")]
    [InlineData("static readonly Func<Flow<int, int>> Both = () => A >> A; static readonly Step<int, int> A = new(n => n);")]
    [InlineData("static readonly Step<int, string> B = new(n => nameof(A), \"B\"); static readonly Step<int, int> A = new(n => n);")]
    public void Later_uses_are_fine(string members) => Found(members).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) => Analysis.OfOrkestra($"public static class Steps {{ {members} }}");
}
