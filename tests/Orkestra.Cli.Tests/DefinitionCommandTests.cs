using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary>The commands that need no endpoint.</summary>
public sealed class DefinitionCommandTests : IDisposable
{
    const string Good = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    const string Bad = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"B\": { \"Type\": \"Pass\", \"End\": true }\n  }\n}";

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-cli").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Validate_is_silent_about_a_good_definition() => (await ToolRun.RunAsync("validate", File("good", Good))).ShouldBe((0, "", ""));

    [Fact]
    public async Task Validate_names_file_line_column_and_code()
    {
        var file = File("bad", Bad);
        var (code, output, _) = await ToolRun.RunAsync("validate", File("good", Good), file);
        code.ShouldBe(1);
        output.ShouldStartWith($"{file}:2:14: error MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /StartAt\n{file}:4:10: error ");
        var (_, json, _) = await ToolRun.RunAsync("validate", file, "--json");
        JsonValue.Parse(json)[0]!["code"].ShouldBe((JsonValue)"MISSING_TRANSITION_TARGET");
        (await ToolRun.RunAsync(Bad, ["validate", "-"])).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Validate_writes_SARIF()
    {
        var (code, output, _) = await ToolRun.RunAsync("validate", File("bad", Bad), "--format", "sarif");
        code.ShouldBe(1);
        var log = JsonValue.Parse(output);
        log["version"].ShouldBe((JsonValue)"2.1.0");
        var result = log["runs"]![0]!["results"]![0]!;
        (result["ruleId"], result["level"]).ShouldBe(((JsonValue)"MISSING_TRANSITION_TARGET", (JsonValue)"error"));
        var location = result["locations"]![0]!;
        location["physicalLocation"]!["region"]!["startLine"].ShouldBe((JsonValue)2);
        location["logicalLocations"]![0]!["fullyQualifiedName"].ShouldBe((JsonValue)"/StartAt");
        log["runs"]![0]!["tool"]!["driver"]!["rules"]![0]!["id"].ShouldBe((JsonValue)"MISSING_TRANSITION_TARGET");
    }

    [Theory]
    [InlineData("orkestra: There is no file 'none.json'.\n", "validate", "none.json")]
    [InlineData("orkestra: There is no command or argument 'nonsense' here. See --help for those there are.\n", "nonsense")]
    [InlineData("orkestra: '{' is neither a file nor JSON.\n", "eval", "1", "--input", "{")]
    public async Task What_cannot_begin_ends_with_2_and_a_sentence(string sentence, params string[] args)
    {
        var (code, output, error) = await ToolRun.RunAsync(args);
        (code, output).ShouldBe((2, ""));
        error.ShouldBe(sentence);
    }

    [Fact]
    public async Task Cost_prints_transitions_and_dollars_of_a_definition()
    {
        var (code, output, _) = await ToolRun.RunAsync("cost", File("good", Good));
        code.ShouldBe(0);
        output.ShouldContain("transitions");
        output.ShouldContain("of 1,048,576 bytes");
        var json = await ToolRun.RunAsync("cost", File("good", Good), "--json");
        json.Output.ShouldContain("\"standardDollars\"");
        (await ToolRun.RunAsync("nothing", ["cost", "-"])).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Graph_draws_Mermaid()
    {
        var (code, output, _) = await ToolRun.RunAsync("graph", File("good", Good));
        code.ShouldBe(0);
        output.ShouldStartWith("flowchart");
        var (_, image, _) = await ToolRun.RunAsync("graph", File("good", Good), "--format", "svg");
        image.ShouldStartWith("<svg ");
        image.TrimEnd().ShouldEndWith("</svg>");
        (await ToolRun.RunAsync("nothing", ["graph", "-"])).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("$sum($states.input.items.price)", """{"items":[{"price":1},{"price":2.5}]}""", 0, "3.5\n")]
    [InlineData("$sum(items.price)", """{"items":[{"price":1},{"price":2.5}]}""", 0, "3.5\n", "--language", "jsonata-js")]
    [InlineData("{% $x & '!' %}", "{}", 0, "\"hi!\"\n")]
    [InlineData("$.a[0]", """{"a":[{"b":1}]}""", 0, "{\"b\":1}\n", "--language", "jsonpath")]
    [InlineData("$states.input.a", """{"a":"text"}""", 0, "text\n", "--raw")]
    [InlineData("$states.input.nothing", "{}", 1, "")]
    [InlineData("1 +", "{}", 1, "")]
    [InlineData("$.a[", "{}", 1, "", "--language", "jsonpath")]
    public async Task Eval_evaluates_over_standard_input(string expression, string input, int code, string output, params string[] options)
    {
        var run = await ToolRun.RunAsync(input, ["eval", expression, "--variables", """{"x":"hi"}""", .. options]);
        (run.Code, run.Output).ShouldBe((code, output), run.Error);
        if (code != 0) run.Error.ShouldStartWith("orkestra: ");
    }

    [Fact]
    public async Task Test_state_tests_one_state_and_can_mock_its_work()
    {
        var file = File("machine", """{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"OutputPath":"$.Payload","End":true}}}""");
        var mocked = await ToolRun.RunAsync("test-state", file, "--state", "Work", "--mock-result", """{"Payload":7,"StatusCode":200}""");
        (mocked.Code, JsonValue.Parse(mocked.Output)).ShouldBe((0, JsonValue.Parse("""{"output":7,"status":"SUCCEEDED"}""")));
        var failed = await ToolRun.RunAsync("test-state", file, "--state", "Work", "--mock-error", "Lost", "--mock-cause", "gone");
        (failed.Code, JsonValue.Parse(failed.Output)["error"]).ShouldBe((1, (JsonValue)"Lost"));
        (await ToolRun.RunAsync("test-state", file, "--state", "None")).ShouldBe((2, "", "orkestra: ValidationException: State not found in definition\n"));
    }

    string File(string name, string text)
    {
        var path = Path.Combine(folder, name + ".asl.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
