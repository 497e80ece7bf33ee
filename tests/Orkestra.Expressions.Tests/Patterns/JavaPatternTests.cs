using Orkestra.Expressions.Patterns;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Patterns;

/// <summary>What the documentation of java.util.regex.Pattern says.</summary>
public sealed class JavaPatternTests
{
    [Theory]
    [InlineData(@"\s", "\u00a0 ", " ")]
    [InlineData(@"a$", "ba\n", "a")]
    [InlineData(@"a\z", "ba\n", null)]
    [InlineData(@"\Ab", "ab", null)]
    [InlineData("(?i)É", "é", null)]
    [InlineData("(?i)k", "K", "K")]
    [InlineData("a(?i:B)c", "abc", "abc")]
    [InlineData("a(?i:B)c", "abC", null)]
    [InlineData("x*+x", "xxx", null)]
    [InlineData("(?>x*)y", "xxy", "xxy")]
    [InlineData("[a-z&&[^bc]]+", "abcd", "a")]
    [InlineData("[^a-c&&[b-z]]", "b", null)]
    [InlineData("[^a-c&&[b-z]]", "a", "a")]
    [InlineData("[a[0-9]]+", "a1b", "a1")]
    [InlineData(@"\p{Lu}\p{IsL}\P{L}", "Éa1", "Éa1")]
    [InlineData(@"\p{Punct}+", "a!?", "!?")]
    [InlineData(@"\Qa.b\E+", "a.bb", "a.bb")]
    [InlineData(@"\x{1F600}", "😀", "😀")]
    [InlineData("^.$", "😀", "😀")]
    [InlineData("[😀-😂]", "😁", "😁")]
    [InlineData(@"(?<n>a)\k<n>", "aa", "aa")]
    [InlineData(@"(a)?\1b", "b", null)]
    [InlineData("(a|(b))+", "ba", "ba")]
    [InlineData("(?<=ab?)c", "abc", "c")]
    [InlineData(@"\R", "a\r\nb", "\r\n")]
    [InlineData("[]a]+", "]a", "]a")]
    public void Patterns_mean_what_Java_says(string pattern, string text, string? expected)
    {
        var match = JavaPattern.Compile(pattern).Find(text, 0, new CountingMeter());
        (match?.Value).ShouldBe(expected);
    }

    [Fact]
    public void A_group_keeps_what_an_earlier_iteration_matched()
    {
        var match = JavaPattern.Compile("(?:(a)|b)*").Find("ab", 0, new CountingMeter())!;
        match.Group(1).ShouldBe("a");
    }

    [Theory]
    [InlineData("[^]")]
    [InlineData(@"\q")]
    [InlineData("a{")]
    [InlineData("(?<=a*)b")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData(@"\p{Nope}")]
    [InlineData("[b-a]")]
    [InlineData(@"\2(a)")]
    public void What_Java_refuses_is_refused(string pattern) => Should.Throw<PatternException>(() => JavaPattern.Compile(pattern));
}
