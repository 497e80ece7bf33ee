using System.Diagnostics;
using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>Every built-in function with arguments nobody sane gives: nothing but a <see cref="JsonataException"/> escapes. Runs as long as <see cref="FuzzTests"/>.</summary>
public class FunctionFuzzTests
{
    static readonly JsonataLimits Limits = new() { MaxSteps = 100_000, MaxMemory = 16 << 20, MaxDepth = 2_000 };

    static readonly string[] Functions =
    [
        "string", "length", "substring", "substringBefore", "substringAfter", "uppercase", "lowercase", "trim", "pad", "contains", "split", "join", "match", "replace", "eval", "base64encode",
        "base64decode", "encodeUrlComponent", "encodeUrl", "decodeUrlComponent", "decodeUrl", "number", "abs", "floor", "ceil", "round", "power", "sqrt", "random", "formatNumber", "formatBase",
        "formatInteger", "parseInteger", "sum", "max", "min", "average", "boolean", "not", "exists", "count", "append", "sort", "reverse", "shuffle", "distinct", "zip", "keys", "lookup", "spread",
        "merge", "sift", "each", "error", "assert", "type", "now", "millis", "fromMillis", "toMillis", "map", "filter", "single", "reduce", "clone", "partition", "range", "hash", "uuid", "parse",
    ];

    static readonly string[] Arguments =
    [
        "0", "-1", "1.5", "1e308", "-1e308", "5e-324", "9007199254740993", "1e21", "-0.5", "2.5", "36", "8.64e15", "1e400/1", "(1e308*10)", "''", "'a'", "'\\uD800'", "'\\uDC00x'", "'😀é'", "'%'", "'%zz'", "'%E6'",
        "'YQ'", "'=!'", "'0x1F'", "'1e999'", "'-'", "'[Y]'", "'[Y0001]-[M01]-[D01]'", "'[Yi]'", "'[YI,*-3]'", "'[Zxx]'", "'[z0:00t]'", "'[FNn,3-3]'", "'[Mw;o]'", "'[[['", "']'", "'[f1]'", "'[D#1]'", "'#,##0.00;(0)'", "'0.0e0'",
        "'##0,0,#'", "'0.##%'", "'‰0'", "'I'", "'Ww;o'", "'A'", "'١'", "'#;#;#'", "'2024-01-01T00:00:00Z'", "'2024-13-45'", "'10000000-01-01'", "'SHA-512'", "'{\"a\":[1,1e400]}'", "'\"\\\\uD800\"'", "'nul'", "null", "true",
        "[]", "[1]", "[1,'a',null]", "[[],[[]]]", "{}", "{'a':1}", "{'decimal-separator':'','zero-digit':'x','digit':''}", "{'pattern-separator':'','grouping-separator':'0','percent':1}", "[{'a':1},{'a':[2]}]", "missing",
        "/a*/", "/(a)(b)?/i", "/[^]/", "/\\b/", "$string", "$sum", "function($x){$x}", "function($x,$y,$z){$y}", "function(){null}", "function($s){{'match':$s,'start':0,'end':1e9,'groups':[],'next':function(){null}}}",
        "$pad('x',100000)", "$pad('',2000,'# ')", "'[Y]' & $pad('',2000)", "'#.' & $pad('',400,'0')", "$pad('',3000,'0')", "[1..1000]", "[1..1e6]", "$pad('',300,'[Y]')", "-5e-10", "1e-7", "(0/0)", "[0/0]", "$reduce([1..3000],function($a){[[$a]]})",
        "'(a'", "'$1$2$99$$$0'", "'$f($x)'", "'+0100'", "'-99999999999'", "'Thu'", "'GMT+1'", "'zero'", "'one hundred and five'", "'MCMXCIX'", "'0b11'", "' 1 '",
    ];

    [Theory]
    [InlineData(JsonataDialect.Standard)]
    [InlineData(JsonataDialect.StepFunctions)]
    public void Nothing_but_its_own_exception_escapes(JsonataDialect dialect)
    {
        var options = new JsonataOptions { Dialect = dialect };
        var input = JsonValue.Parse("""{"a":[1,{"b":"c"}],"m":null}""");
        // Every function with every argument alone, then as many at random as there is time for.
        foreach (var function in Functions)
        {
            Try($"${function}()", options, input);
            foreach (var argument in Arguments) Try($"${function}({argument})", options, input);
        }

        var random = new Random(Setting("ORKESTRA_FUZZ_SEED", 1));
        var length = TimeSpan.FromSeconds(Setting("ORKESTRA_FUZZ_SECONDS", 3));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < length;)
        {
            var arguments = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Arguments[random.Next(Arguments.Length)]);
            var call = $"${Functions[random.Next(Functions.Length)]}({string.Join(", ", arguments)})";
            Try(random.Next(4) == 0 ? $"{Arguments[random.Next(Arguments.Length)]} ~> {call}" : call, options, input);
        }
    }

    static void Try(string text, JsonataOptions options, JsonValue input)
    {
        if (options.Dialect == JsonataDialect.StepFunctions) text = text.Replace("missing", "$missing", StringComparison.Ordinal);
        try
        {
            _ = JsonataApi.Compile(text, options).Evaluate(input, null, Limits)?.Utf8Length;
        }
        catch (JsonataException problem)
        {
            problem.Message.ShouldNotBeNullOrEmpty(text);
            problem.Code.ShouldMatch("^[SDTU][0-9]{4}$");
        }
        catch (Exception problem)
        {
            Assert.Fail($"{problem.GetType()} from: {text}\n{problem}");
        }
    }

    static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
