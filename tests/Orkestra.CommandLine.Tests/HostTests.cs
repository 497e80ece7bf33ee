using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task A_bare_run_writes_the_result_to_output_and_the_rest_to_error()
    {
        var run = await HostRun.OfAsync<HelloOrkestra>();
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("\"goodbye\"\n");
        var lines = run.Error.Split('\n');
        lines[0].ShouldBe("HelloOrkestra");
        lines.ShouldContain(line => line.StartsWith("  GenerateItem  ", StringComparison.Ordinal));
        lines.Count(line => line.StartsWith("    DoublePrice [", StringComparison.Ordinal)).ShouldBe(10);
        lines.ShouldContain(line => line.StartsWith("    AssertFalse  caught InvalidOperationException: assert false (", StringComparison.Ordinal));
        lines[^2].ShouldStartWith("HelloOrkestra succeeded in ");
    }

    [Fact]
    public async Task A_piped_result_is_one_line()
    {
        Step<int, int[]> count = new(number => [.. Enumerable.Range(1, number)]) { Name = "Count" };
        (await HostRun.OfAsync(() => new Made<int[]>(count), ["run", "--input", "3"])).Output.ShouldBe("[1,2,3]\n");
    }

    [Fact]
    public async Task A_failed_run_says_where_with_what_and_why()
    {
        var run = await HostRun.OfAsync<Failing>("run", "--input", """{ "id": "A-1", "lines": ["bolt"] }""");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("""
            Failing failed: ArgumentException: 1 lines are too few
              step   Check
              input  1
              at     
            """.ReplaceLineEndings("\n"));
        run.Error.ShouldContain("Failing.cs:11");
        run.Error.ShouldContain("throw new ArgumentException($\"{count} lines are too few\")");
        run.Error.ShouldContain("System.ArgumentException: 1 lines are too few\n   at Orkestra.CommandLine.Tests.Failing.");
    }

    [Fact]
    public async Task A_state_that_is_no_step_is_named_too()
    {
        var run = await HostRun.OfAsync(() => new Made<int>(Flow.Fail<int, int>("TooSmall", "It is too small.")), ["run", "--input", "7"]);
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldEndWith("Made failed: TooSmall: It is too small.\n  state  Fail TooSmall\n  input  7\n");
    }

    [Fact]
    public async Task Retries_are_told()
    {
        var run = await HostRun.OfAsync<Orchestration>();
        run.Output.ShouldBe("60\n");
        run.Error.ShouldContain("    MailPartner  retry 1 after HttpRequestException: The partner's mail server is down.\n");
    }

    [Fact]
    public async Task An_input_is_a_file_or_json()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "\"Ada\"");
        (await HostRun.OfAsync<SingleStep>("run", "--input", file)).Output.ShouldBe("\"hello, Ada\"\n");
        File.Delete(file);
        (await HostRun.OfAsync<SingleStep>("run", "--input", "\"Ada\"")).Output.ShouldBe("\"hello, Ada\"\n");
        (await HostRun.OfAsync<SingleStep>("run")).Output.ShouldBe("\"hello, stranger\"\n");
    }

    [Theory]
    [InlineData("There is no file 'missing.json', and it is not JSON text either: give --input an existing file or JSON.", "run", "--input", "missing.json")]
    [InlineData("There is no file '@missing.json', and it is not JSON text either:", "run", "--input", "@missing.json")]
    [InlineData("The input is not JSON, at line 1, column 2:", "run", "--input", "{oops}")]
    [InlineData("The input does not suit Failing. The payload 7 does not fit the type Order:", "run", "--input", "7")]
    [InlineData("Failing needs an input: give it with run --input, a file or JSON text.")]
    [InlineData("Unrecognized command or argument '--inptu'. See --help for the commands.", "run", "--inptu")]
    [InlineData("Unrecognized command or argument 'rum'. See --help for the commands.", "rum")]
    [InlineData("Required argument missing for option: '--input'. See --help for the commands.", "run", "--input")]
    public async Task A_wrong_use_is_one_sentence_and_exit_code_2(string sentence, params string[] args)
    {
        var run = await HostRun.OfAsync<Failing>(args);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith(sentence);
        run.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    [Theory]
    [InlineData]
    [InlineData("asl")]
    [InlineData("graph")]
    public async Task A_workflow_that_is_not_defined_well_is_one_sentence_too(params string[] args)
    {
        var run = await HostRun.OfAsync(() => new Made<int>(Flow.Input<int>()), args);
        run.ShouldBe(new HostRun(2, "", "The workflow Made is empty: its Define() returns a flow without any step. Compose at least one.\n"));
    }

    [Fact]
    public async Task Events_are_written_one_a_line()
    {
        var run = await HostRun.OfAsync<SingleStep>("run", "--events");
        var events = run.Error.TrimEnd().Split('\n').Select(line => JsonValue.Parse(line)).ToList();
        events[0]["type"].ShouldBe("ExecutionStarted");
        events.Select(happened => happened["id"]).ShouldBe(Enumerable.Range(1, events.Count).Select(id => (JsonValue)id));
        events[^1]["type"].ShouldBe("ExecutionSucceeded");
        run.Output.ShouldBe("\"hello, stranger\"\n");
    }

    [Fact]
    public async Task The_document_is_written()
    {
        var run = await HostRun.OfAsync<MapJob>("asl");
        AslReader.Parse(run.Output).ShouldBe(new MapJob().Compile().Document);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Help_names_the_commands()
    {
        var run = await HostRun.OfAsync<MapJob>("--help");
        run.ExitCode.ShouldBe(0);
        foreach (var command in new[] { "run", "asl", "graph" }) run.Output.ShouldContain($"  {command} ");
        (await HostRun.OfAsync<MapJob>("run", "--help")).Output.ShouldContain("--input <FILE|JSON>");
    }

    [Fact]
    public async Task Steps_get_the_services_and_they_are_disposed_of()
    {
        var disposable = new Disposable();
        Step<int, bool> step = new((_, context) => ReferenceEquals(context.Services.GetRequiredService<Disposable>(), disposable)) { Name = "Ask" };
        var run = await HostRun.OfAsync(() => new Made<bool>(step), ["run", "--input", "1"], services => services.AddSingleton(_ => disposable));
        run.Output.ShouldBe("true\n");
        disposable.IsDisposed.ShouldBeTrue();
    }

    sealed class Made<TOut>(Flow<int, TOut> flow) : Workflow<int, TOut>
    {
        public override string Name => "Made";

        public override Flow<int, TOut> Define() => flow;
    }

    sealed class Disposable : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
