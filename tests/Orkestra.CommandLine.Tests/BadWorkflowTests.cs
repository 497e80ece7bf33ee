using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests;

/// <summary>A workflow whose own code throws before anything runs: one sentence that names the line, never a bare stack trace.</summary>
public sealed class BadWorkflowTests
{
    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("asl")]
    [InlineData("graph")]
    [InlineData("describe")]
    public async Task Define_throws(params string[] args)
    {
        var run = await HostRun.OfAsync<ThrowsInDefine>(args);
        Refused(run).ShouldMatch(@"^The workflow ThrowsInDefine cannot be composed, at .*BadWorkflowTests\.cs:\d+: NotSupportedException: no flow today$");
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task The_constructor_throws(params string[] args)
    {
        var run = await HostRun.OfAsync<ThrowsInConstructor>(args);
        Refused(run).ShouldMatch(@"^The workflow cannot be made, at .*BadWorkflowTests\.cs:\d+: NotSupportedException: no workflow today$");
    }

    [Fact]
    public async Task A_field_throws()
    {
        var run = await HostRun.OfAsync<ThrowsInField>("asl");
        Refused(run).ShouldMatch(@"^The workflow ThrowsInField cannot be composed, at .*BadWorkflowTests\.cs:\d+: FormatException: ");
    }

    [Fact]
    public async Task The_input_is_too_large()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"\"{new string('x', 256 * 1024 - 1)}\"");
        var run = await HostRun.OfAsync<SingleStep>("run", "--input", file);
        File.Delete(file);
        Refused(run).ShouldBe("The input has 262145 bytes, and an execution takes at most 262144: give it a reference to the data instead.");
    }

    [Fact]
    public async Task The_input_file_is_empty_or_a_folder()
    {
        var file = Path.GetTempFileName();
        Refused(await HostRun.OfAsync<SingleStep>("run", "--input", file)).ShouldBe($"The file '{file}' is empty: give it a JSON value, such as {{}}.");
        File.Delete(file);
        Refused(await HostRun.OfAsync<SingleStep>("run", "--input", " ")).ShouldBe("The input is empty: give it a JSON value, such as {}.");
        var folder = Path.GetTempPath();
        Refused(await HostRun.OfAsync<SingleStep>("run", "--input", folder)).ShouldBe($"'{folder}' is a folder: give --input a file or JSON.");
    }

    static string Refused(HostRun run)
    {
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.Count(letter => letter == '\n').ShouldBe(1);
        return run.Error.TrimEnd();
    }

    sealed class ThrowsInDefine : Workflow<Nothing, int>
    {
        public override Flow<Nothing, int> Define() => throw new NotSupportedException("no flow today");
    }

    sealed class ThrowsInConstructor : Workflow<Nothing, int>
    {
        public ThrowsInConstructor() => throw new NotSupportedException("no workflow today");

        public override Flow<Nothing, int> Define() => Flow.Input<Nothing>().Select(_ => 1);
    }

    sealed class ThrowsInField : Workflow<Nothing, int>
    {
        static readonly int Number = int.Parse("one", System.Globalization.CultureInfo.InvariantCulture);
        static readonly Step<Nothing, int> Give = new(_ => Number);

        public override Flow<Nothing, int> Define() => Give;
    }
}
