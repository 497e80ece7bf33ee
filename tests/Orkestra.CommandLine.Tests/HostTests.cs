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

    [Theory]
    [InlineData("[1,2,3]\n", "run", "--input", "3")]
    [InlineData("\"goodbye\"\n", "--workflow", "HelloOrkestra")]
    [InlineData("\"goodbye\"\n", "run", "--workflow", "HelloOrkestra")]
    public async Task One_program_runs_all_workflows_of_a_project(string output, params string[] args)
    {
        Step<int, int[]> count = new(number => [.. Enumerable.Range(1, number)]) { Name = "Count" };
        (await HostRun.OfAsync(() => new Made<int[]>(count), args, others: [new HelloOrkestra()])).Output.ShouldBe(output);
    }

    [Fact]
    public async Task A_workflow_that_the_program_does_not_have_is_a_usage_error()
    {
        var run = await HostRun.OfAsync(() => new Failing(), ["asl", "--workflow", "Hullo"], others: [new HelloOrkestra()]);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldBe("There is no workflow 'Hullo': the program has Failing, HelloOrkestra.\n");
    }

    [Fact]
    public async Task Two_workflows_of_one_name_are_a_usage_error()
    {
        Step<int, int[]> count = new(number => [.. Enumerable.Range(1, number)]) { Name = "Count" };
        var run = await HostRun.OfAsync(() => new Failing(), ["asl", "--workflow", "Made"], others: [new Made<int[]>(count), new Made<int[]>(count)]);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldEndWith(" both have the name 'Made': override Name in one of them.\n");
        (await Should.ThrowAsync<ArgumentException>(() => OrkestraHost.RunAsync([], (IReadOnlyList<Workflow>)[new Failing(), new Failing()])))
            .Message.ShouldStartWith("The program has 2 workflows with the name 'Failing': override Name so that each has its own.");
    }

    [Fact]
    public async Task A_program_without_workflows_is_refused() =>
        (await Should.ThrowAsync<ArgumentException>(() => OrkestraHost.RunAsync([], (IReadOnlyList<Workflow>)[]))).Message.ShouldStartWith("The program has no workflow: name at least one.");

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

    [Fact]
    public async Task An_input_of_a_dash_is_standard_input()
    {
        (await HostRun.OfAsync(() => new SingleStep(), ["run", "--input", "-"], null, "\"Ada\"\n"u8.ToArray())).Output.ShouldBe("\"hello, Ada\"\n");
        (await HostRun.OfAsync(() => new SingleStep(), ["run", "--input", "-"])).Error.ShouldBe("Standard input is empty: give it a JSON value, such as {}.\n");
        (await HostRun.OfAsync(() => new SingleStep(), ["run", "--input", "-"], null, [(byte)'"', 0xFF, (byte)'"'])).Error
            .ShouldBe("Standard input is not JSON, at line 1, column 2: The text is not UTF-8: byte 1 (0xFF) does not belong to a character.\n");
    }

    [Fact]
    public async Task An_input_file_may_be_utf16_as_windows_shells_write_it()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "\"Ada\"", System.Text.Encoding.Unicode);
        (await HostRun.OfAsync<SingleStep>("run", "--input", file)).Output.ShouldBe("\"hello, Ada\"\n");
        File.Delete(file);
    }

    [Fact]
    public async Task The_step_that_fails_a_parallel_is_told_apart_from_its_neighbours()
    {
        using var isRunning = new SemaphoreSlim(0);
        Step<int, int> fail = new(async (_, context) =>
        {
            await isRunning.WaitAsync(context.CancellationToken);
            throw new InvalidOperationException("no");
        })
        { Name = "Culprit" };
        Step<int, int> wait = new(async (number, context) =>
        {
            isRunning.Release();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return number;
        })
        { Name = "Neighbour" };
        var run = await HostRun.OfAsync(() => new Made<object?[]>(Flow.Input<int>() >> [fail, wait]), ["run", "--input", "1"]);
        run.ExitCode.ShouldBe(1);
        var lines = run.Error.Split('\n');
        lines.ShouldContain(line => line.StartsWith("    Culprit  failed InvalidOperationException: no (", StringComparison.Ordinal), run.Error);
        lines.ShouldContain(line => line.StartsWith("    Neighbour  stopped (", StringComparison.Ordinal), run.Error);
    }

    [Fact]
    public async Task The_exit_code_reaches_a_main_that_does_not_return_it()
    {
        var output = Console.Out;
        try
        {
            (await OrkestraHost.RunAsync<Failing>(["run", "--input", "7"])).ShouldBe(2);
            Environment.ExitCode.ShouldBe(2);
        }
        finally
        {
            Environment.ExitCode = 0;
            Console.SetOut(output);
        }
    }

    [Theory]
    [InlineData("There is no file 'missing.json', and it is not JSON text either: give --input an existing file or JSON.", "run", "--input", "missing.json")]
    [InlineData("There is no file '@missing.json', and it is not JSON text either:", "run", "--input", "@missing.json")]
    [InlineData("The input is not JSON, at line 1, column 2:", "run", "--input", "{oops}")]
    [InlineData("The input is not JSON, at line 1, column 8: There is a comma before the end of an object or an array. Remove it.\n", "run", "--input", "{\"a\":1,}")]
    [InlineData("The input has the member 'id' twice in one object: remove one of them.", "run", "--input", "{\"id\":\"A\",\"lines\":[{\"id\":1}],\"id\":\"B\"}")]
    [InlineData("The input does not fit Failing. The payload is a number and does not fit the type Order:", "run", "--input", "7")]
    [InlineData("Failing needs an input: pass a file, JSON text or - for standard input with run --input.")]
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
    [InlineData("describe")]
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
    public async Task Asl_tells_what_runs_cost()
    {
        var run = await HostRun.OfAsync<MapJob>("asl", "--cost", "--items", "3");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Lambda calls");
        run.Output.ShouldContain("Maps are assumed to have 3 items");
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
        foreach (var command in new[] { "run", "serve", "asl", "describe", "graph" }) run.Output.ShouldContain($"  {command} ");
        (await HostRun.OfAsync<MapJob>("run", "--help")).Output.ShouldContain("--input <FILE|JSON|->");
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
