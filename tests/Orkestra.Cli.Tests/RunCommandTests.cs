using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra run</c>, <c>graph</c> and <c>completion</c>.</summary>
public sealed class RunCommandTests : IDisposable
{
    const string Greet = """{"StartAt":"Greet","States":{"Greet":{"Type":"Pass","Parameters":{"hello.$":"$.who"},"End":true}}}""";
    const string Stop = """{"StartAt":"Try","States":{"Try":{"Type":"Pass","Next":"Stop"},"Stop":{"Type":"Fail","Error":"Broken","Cause":"by design"}}}""";

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-run").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_definition_runs_to_its_output()
    {
        (await ToolRun.RunAsync("run", File("greet", Greet), "--input", """{"who":"world"}""")).ShouldBe((0, "{\"hello\":\"world\"}\n", ""));
        (await ToolRun.RunAsync(Greet, ["run", "-", "--input", """{"who":1}"""])).ShouldBe((0, "{\"hello\":1}\n", ""));
    }

    [Fact]
    public async Task A_run_that_fails_ends_with_1()
    {
        (await ToolRun.RunAsync("run", File("stop", Stop))).ShouldBe((1, "", "orkestra: The run ended as FAILED. Broken: by design\n"));
        var (code, output, _) = await ToolRun.RunAsync("run", File("stop", Stop), "--json");
        var json = JsonValue.Parse(output);
        (code, json["status"], json["error"]).ShouldBe((1, (JsonValue)"FAILED", (JsonValue)"Broken"));
        ((IEnumerable<JsonValue>)(JsonArray)json["states"]!).Select(state => (state["name"], state["status"])).ShouldBe([((JsonValue)"Try", (JsonValue)"DONE"), ("Stop", "FAILED")]);
    }

    [Fact]
    public async Task A_definition_that_is_not_valid_does_not_run()
    {
        var file = File("bad", """{"StartAt":"A","States":{"B":{"Type":"Pass","End":true}}}""");
        var (code, output, error) = await ToolRun.RunAsync("run", file);
        (code, output).ShouldBe((1, ""));
        error.ShouldStartWith($"{file}:1:12: error MISSING_TRANSITION_TARGET: ");
        (await ToolRun.RunAsync("run", Path.Combine(folder, "none"))).ShouldBe((2, "", $"orkestra: There is no file '{Path.Combine(folder, "none")}'.\n"));
        (await ToolRun.RunAsync("run", folder)).ShouldBe((2, "", $"orkestra: There is no project in '{folder}'. Name a definition, a project or a C# file.\n"));
    }

    [Fact]
    public async Task A_watched_definition_runs_again_when_it_changes()
    {
        var file = File("greet", Greet);
        using var stop = new CancellationTokenSource(ToolRun.Patience);
        var output = new LineWriter();
        var streams = new ToolStreams(output, TextWriter.Null, IsOutputTerminal: false, () => Stream.Null);
        var run = Task.Run(() => OrkestraTool.RunAsync(["run", file, "--watch", "--input", """{"who":"world"}"""], streams, stop.Token));
        (await output.NextAsync(stop.Token)).ShouldBe("{\"hello\":\"world\"}");
        await System.IO.File.WriteAllTextAsync(file, Greet.Replace("hello", "goodbye", StringComparison.Ordinal));
        (await output.NextAsync(stop.Token)).ShouldBe("{\"goodbye\":\"world\"}");
        await stop.CancelAsync();
        (await run.WaitAsync(ToolRun.Patience)).ShouldBe(0);
    }

    [Fact]
    public async Task Graph_draws_DOT()
    {
        var (code, output, _) = await ToolRun.RunAsync("graph", File("stop", Stop.Replace("Try", "\\\"Try\\\"", StringComparison.Ordinal)), "--format", "dot");
        code.ShouldBe(0);
        output.ShouldBe("""
            digraph {
              compound=true; node [shape=box, style=rounded, fontname="sans-serif"]; edge [fontname="sans-serif"];
              start [shape=circle, label="Start"];
              s1 [label="\"Try\""];
              s2 [shape=oval, color=red, label="Stop"];
              start -> s1;
              s1 -> s2;
            }

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task DOT_has_clusters_for_what_runs_inside()
    {
        const string Nested = """
            {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemProcessor":{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Both"}],"Next":"Both"},
            "Both":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Succeed"}}}],"Next":"Gone"}}}
            """;
        var output = (await ToolRun.RunAsync(Nested, ["graph", "-", "--format", "dot"])).Output;
        output.ShouldContain("  subgraph cluster1 {\n    label=\"Each\\n(for each item)\"; s1 [shape=point, style=invis];\n    s2 [label=\"A\"];\n  }\n");
        output.ShouldContain("  s1 -> s3 [ltail=cluster1, lhead=cluster3];\n");
        output.ShouldContain("  s1 -> s3 [label=\"States.ALL\", style=dashed, ltail=cluster1, lhead=cluster3];\n");
        output.ShouldContain("[color=red, style=dashed, label=\"Gone\\n(missing)\"];\n");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _orkestra orkestra")]
    [InlineData("zsh", "compdef _orkestra orkestra")]
    [InlineData("fish", "complete -c orkestra")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName orkestra")]
    public async Task Shells_are_told_how_to_complete(string shell, string line)
    {
        var (code, output, _) = await ToolRun.RunAsync("completion", shell);
        code.ShouldBe(0);
        output.ShouldContain(line);
    }

    [Fact]
    public async Task The_tool_suggests_its_commands_and_options()
    {
        (await ToolRun.RunAsync("[suggest:10]", "orkestra re")).Output.Split('\n').ShouldContain("redrive");
        (await ToolRun.RunAsync("[suggest:25]", "orkestra graph --format d")).Output.Split('\n').ShouldContain("dot");
    }

    string File(string name, string content)
    {
        var file = Path.Combine(folder, $"{name}.asl.json");
        System.IO.File.WriteAllText(file, content);
        return file;
    }
}
