using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>
/// Expressions of the reference's suite, cut and joined at random: whatever comes of it, nothing but a <see cref="JsonataException"/> escapes. Runs
/// for $ORKESTRA_FUZZ_SECONDS seconds, three when it is not set, from the seed in $ORKESTRA_FUZZ_SEED.
/// </summary>
public partial class FuzzTests
{
    static readonly JsonataLimits Limits = new() { MaxSteps = 2_000_000, MaxMemory = 64 << 20, MaxDepth = 5_000 };

    static readonly string[] Pieces =
    [
        "[]", "[0]", "[-1]", "[1..3]", "^($)", "^(>$)", ".$", ".%", ".*", ".**", "@$v", "#$i", "{'k': $}", "[true]", "~>$count()", "~> $map(function($x) { $x })", "?:1", "??1", "? 1 : 2",
        " & 'x'", " + 1", "/0", " in ", "$$", "$", "%", "*", "**", "|$|{'z': 1}|", "($x := $; $x)", "function($x) { $x }", "$eval(", "$sum(", "$keys(", "$spread(", "$sort(", "-", "[", "(", "{", "}", ")",
        "]", "null", "true", "1e300", "/a*/", "''", "`", "\"", "\\", "λ($x)<n-:n>{$x}", "<a<s>>", ":=", ";", ",", "[1..1e7]", "$pad('', 1e6)", "\u0000", "\uD800", "😀", "/* ",
    ];

    [Fact]
    public void Nothing_but_its_own_exception_escapes()
    {
        var cases = ConformanceData.Cases("jsonata/suite.json");
        var datasets = ConformanceData.Document("jsonata/datasets.json");
        var inputs = new List<JsonValue?> { null, JsonArray.Empty, JsonValue.Parse("[[1,[2]],{\"a\":[]}]") };
        inputs.AddRange(((JsonObject)datasets).Values.ToArray());
        var tokens = cases.Select(test => Tokens().Matches(((JsonString)test["expr"]!).Value).Select(match => match.Value).ToArray()).Where(list => list.Length > 0).ToArray();
        var seed = Setting("ORKESTRA_FUZZ_SEED", 1);
        var random = new Random(seed);
        var count = 0;
        for (var clock = Stopwatch.StartNew(); count == 0 || clock.Elapsed < TimeSpan.FromSeconds(Setting("ORKESTRA_FUZZ_SECONDS", 3)); count++)
        {
            Try(Mutate(random, tokens), inputs[random.Next(inputs.Count)], random.Next(4) == 0);
        }

        TestContext.Current.SendDiagnosticMessage($"{count} expressions from seed {seed}");
    }

    static void Try(string text, JsonValue? input, bool stepFunctions)
    {
        try
        {
            var result = JsonataApi.Compile(text, stepFunctions ? JsonataOptions.StepFunctions : null).Evaluate(input, new JsonataBindings { ["states"] = input }, Limits);
            AssertPlain(result);
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

    // Nothing of the evaluator's own may be left in a result.
    static void AssertPlain(JsonValue? value)
    {
        switch (value)
        {
            case null or JsonNull or JsonBoolean or JsonString: break;
            case JsonNumber number: double.IsFinite(number.Value).ShouldBeTrue(); break;
            case JsonArray array when array.Count < 1000:
                foreach (var item in array) AssertPlain(item.ShouldNotBeNull());
                break;
            case JsonObject members when members.Count < 1000:
                foreach (var item in members.Values) AssertPlain(item.ShouldNotBeNull());
                break;
            default:
                (value is JsonArray or JsonObject).ShouldBeTrue();
                break;
        }
    }

    static string Mutate(Random random, string[][] tokens)
    {
        var text = tokens[random.Next(tokens.Length)].ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Count + 1);
            var length = Math.Min(random.Next(4), text.Count - at);
            switch (random.Next(5))
            {
                case 0: text.RemoveRange(at, length); break;
                case 1: text.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 2: text.InsertRange(random.Next(text.Count + 1), text.GetRange(at, length)); break;
                case 3:
                    var other = tokens[random.Next(tokens.Length)];
                    var from = random.Next(other.Length);
                    text.RemoveRange(at, length);
                    text.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 8))]);
                    break;
                default:
                    text.Insert(0, Pieces[random.Next(Pieces.Length)]);
                    text.Add(Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return string.Concat(text);
    }

    static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [GeneratedRegex("""'[^']*'|"[^"]*"|`[^`]*`|\$?\w+|:=|~>|\*\*|\.\.|\s+|.""", RegexOptions.Singleline)]
    private static partial Regex Tokens();
}
