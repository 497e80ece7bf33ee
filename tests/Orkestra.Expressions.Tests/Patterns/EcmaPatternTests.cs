using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Patterns;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Patterns;

public sealed class EcmaPatternTests
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
            Should.Throw<PatternException>(() => EcmaPattern.Compile(pattern));
            return;
        }

        var program = EcmaPattern.Compile(pattern, flags.Contains('i', StringComparison.Ordinal), flags.Contains('m', StringComparison.Ordinal));
        (program.Find(text, 0, new CountingMeter())?.Value).ShouldBe(expected);
        program.IsMatch(text, new CountingMeter()).ShouldBe(expected is not null);
    }

    [Fact]
    public void Groups_are_numbered_from_left_to_right()
    {
        var pattern = EcmaPattern.Compile(@"(?<last>\w+), (\w+)");
        pattern.GroupCount.ShouldBe(2);
        var match = pattern.Find("Hopper, Grace", 0, new CountingMeter())!;
        match.Group(1).ShouldBe("Hopper");
        match.Group(2).ShouldBe("Grace");
        pattern.GroupNames["last"].ShouldBe(1);
    }

    [Theory]
    [InlineData("(?:(a)|b)*", "ab", null)]
    [InlineData("(z)((a+)?(b+)?(c))*", "zaacbbbcac", "z|ac|a||c")]
    [InlineData("(?=(a+))a*b\\1", "baaabac", "a")]
    [InlineData("(.*?)a(?!(a+)b\\2c)\\2(.*)", "baaabaac", "ba||abaac")]
    [InlineData("(?<=(\\d+)(\\d+))$", "1053", "1|053")]
    public void Groups_are_what_ECMAScript_says(string pattern, string text, string? groups)
    {
        // The examples of ECMA-262's notes on RegExp.
        var program = EcmaPattern.Compile(pattern);
        var match = program.Find(text, 0, new CountingMeter())!;
        string.Join('|', Enumerable.Range(1, program.GroupCount).Select(number => match.Group(number))).ShouldBe(groups ?? "");
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a?){30}a{30}b")]
    [InlineData("(.*)*x")]
    [InlineData("((a*)*)*b")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a*?)*?b")]
    public void Patterns_that_would_backtrack_without_end_take_few_steps(string pattern)
    {
        var meter = new CountingMeter();
        EcmaPattern.Compile(pattern).IsMatch(new string('a', 1000) + "!", meter).ShouldBeFalse();
        meter.Steps.ShouldBeLessThan(5_000_000);
    }

    [Theory]
    [InlineData(@"^(?:(a+)+)(?=b)\1")]
    [InlineData(@"^(?:(a|aa)+)\1b")]
    public void What_must_backtrack_ends_at_the_limit_of_steps(string pattern)
    {
        var expression = JsonataApi.Compile($"$contains($pad('', 60, 'a'), /{pattern}/)");
        Should.Throw<JsonataException>(() => expression.Evaluate(limits: new JsonataLimits { MaxSteps = 1_000_000 })).Code.ShouldBe("U1001");
    }

    [Fact]
    public void The_same_match_takes_the_same_steps()
    {
        var pattern = EcmaPattern.Compile(@"(\w+\s?)+:(?=\d)");
        var text = string.Concat(Enumerable.Repeat("some words and more ", 200)) + ":1";
        var counts = Enumerable.Range(0, 5).Select(_ =>
        {
            var meter = new CountingMeter();
            pattern.Find(text, 0, meter).ShouldNotBeNull();
            return meter.Steps;
        });
        counts.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Memory_to_go_back_is_bounded()
    {
        var expression = JsonataApi.Compile("$contains($pad('', 2000000, 'ab'), /^(?:ab)*c/)");
        Should.Throw<JsonataException>(() => expression.Evaluate(limits: new JsonataLimits { MaxMemory = 8 << 20 })).Code.ShouldBe("U1003");
        expression.Evaluate().ShouldBe(false);
    }

    // Patterns without what the two flavors understand in different ways must give what .NET gives.
    [Fact]
    public void Random_patterns_match_as_in_another_engine()
    {
        var random = new Random(20261128);
        for (var round = 0; round < 20_000; round++)
        {
            var pattern = RandomPattern(random, 3);
            var text = string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => "abc"[random.Next(3)]));
            var expected = new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.ECMAScript).Match(text);
            var actual = EcmaPattern.Compile(pattern).Find(text, 0, new CountingMeter());
            (actual is null ? "none" : $"{actual.Index}+{actual.Length}").ShouldBe(expected.Success ? $"{expected.Index}+{expected.Length}" : "none", $"{pattern} in {text}");
        }
    }

    static string RandomPattern(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0) return random.Next(6) switch { 0 => "[ab]", 1 => "[^c]", 2 => ".", _ => "abc"[random.Next(3)].ToString() };
        var inner = RandomPattern(random, depth - 1);
        return random.Next(7) switch
        {
            0 => inner + RandomPattern(random, depth - 1),
            1 => $"(?:{inner}|{RandomPattern(random, depth - 1)})",
            2 => $"({inner}c)+",
            3 => $"(?:{inner}b){{1,2}}?",
            4 => $"(?:a{inner})*",
            5 => $"(?:b{inner})?" + (random.Next(2) == 0 ? "?" : ""),
            _ => inner + RandomPattern(random, depth - 1) + (random.Next(4) == 0 ? "$" : ""),
        };
    }

    [Fact]
    public void Huge_patterns_are_refused()
    {
        Should.Throw<PatternException>(() => EcmaPattern.Compile(new string('(', 5000) + new string(')', 5000)));
        Should.Throw<PatternException>(() => EcmaPattern.Compile("((a{1000}){1000}){1000}"));
        Should.Throw<PatternException>(() => EcmaPattern.Compile("a{99999999999}"));
    }
}
