using System.Text.RegularExpressions;
using Orkestra.Expressions.Formatting;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Formatting;

public sealed class EcmaRegexTests
{
    [Theory]
    [InlineData(@"\d+", "", "٣4", "4")]
    [InlineData(@"\w+", "", "éa1_", "a1_")]
    [InlineData(@"a\sb", "", "a\ufeffb", "a\ufeffb")]
    [InlineData("a$", "", "a\n", null)]
    [InlineData("^b", "m", "a\u2028b", "b")]
    [InlineData("a.", "", "a\r", null)]
    [InlineData("[^]a", "", "\na", "\na")]
    [InlineData("[]", "", "a", null)]
    [InlineData(@"\x41\u0042\cJ\0\/", "", "AB\n\0/", "AB\n\0/")]
    [InlineData(@"(?<year>\d{4})-\k<year>", "", "2026-2026", "2026-2026")]
    [InlineData(@"(?:(a)|b)\1c", "", "bc", "bc")]
    [InlineData(@"\bé", "", "é", null)]
    [InlineData("x{,2}", "", "x{,2}", "x{,2}")]
    [InlineData("[a-c-[b]]", "", "-]", "-]")]
    [InlineData(@"[\w-.]+", "", "a-b.c", "a-b.c")]
    [InlineData("HELLO", "i", "hello", "hello")]
    [InlineData(@"\u{2}", "", "uu", "uu")]
    [InlineData("(?#x)", "", "", "error")]
    [InlineData("(a", "", "", "error")]
    [InlineData("a**", "", "", "error")]
    [InlineData("[b-a]", "", "", "error")]
    [InlineData("a{2,1}", "", "", "error")]
    public void Patterns_mean_what_ECMAScript_says(string pattern, string flags, string text, string? expected)
    {
        if (expected == "error")
        {
            Should.Throw<EcmaRegexException>(() => EcmaRegex.Compile(pattern));
            return;
        }

        var match = EcmaRegex.Compile(pattern, flags.Contains('i', StringComparison.Ordinal), flags.Contains('m', StringComparison.Ordinal)).Regex.Match(text, 0);
        (match.Success ? match.Value : null).ShouldBe(expected);
    }

    [Fact]
    public void Groups_are_numbered_from_left_to_right()
    {
        var regex = EcmaRegex.Compile(@"(?<last>\w+), (\w+)");
        regex.GroupCount.ShouldBe(2);
        var match = regex.Regex.Match("Hopper, Grace");
        match.Groups[1].Value.ShouldBe("Hopper");
        match.Groups[2].Value.ShouldBe("Grace");
        regex.GroupNames["last"].ShouldBe(1);
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a?){30}a{30}b")]
    [InlineData("(.*)*x")]
    public void Patterns_that_would_backtrack_without_end_are_linear(string pattern) =>
        EcmaRegex.Compile(pattern, timeout: TimeSpan.FromSeconds(5)).Regex.IsMatch(new string('a', 40) + "!").ShouldBeFalse();

    [Fact]
    public void What_must_backtrack_ends_at_its_limit() =>
        Should.Throw<RegexMatchTimeoutException>(() => EcmaRegex.Compile(@"^(?:(a+)+)(?=b)", timeout: TimeSpan.FromMilliseconds(50)).Regex.IsMatch(new string('a', 60)));

    [Fact]
    public void Huge_patterns_are_refused()
    {
        Should.Throw<EcmaRegexException>(() => EcmaRegex.Compile(new string('(', 5000) + new string(')', 5000)));
        Should.Throw<EcmaRegexException>(() => EcmaRegex.Compile("((a{1000}){1000}){1000}"));
        Should.Throw<EcmaRegexException>(() => EcmaRegex.Compile("a{99999999999}"));
    }
}
