using Microsoft.CodeAnalysis;
using Orkestra.Analyzers.ExitCodes;
using Orkestra.Analyzers.Tests.Fixes;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.ExitCodes;

/// <summary>ORK018: runs whose exit code is not returned.</summary>
public sealed class ExitCodeTests
{
    const string Greet = """

        public sealed class Greet : Workflow<int, int>
        {
            static readonly Step<int, int> Same = new(n => n);
            public override Flow<int, int> Define() => Same >> Same;
        }
        """;

    [Theory]
    [InlineData("await OrkestraHost.RunAsync<Greet>(args);")]
    [InlineData("_ = await OrkestraHost.RunAsync<Greet>(args);")]
    [InlineData("OrkestraHost.RunAsync<Greet>(args).Wait();")]
    [InlineData("await OrkestraHost.RunAsync<Greet>(args).ConfigureAwait(false);")]
    public void Are_reported(string program)
    {
        var finding = Found(program).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK018", "The program exits with 0 also when the run fails: write 'return await OrkestraHost.RunAsync<Greet>(args);'"));
    }

    [Theory]
    [InlineData("return await OrkestraHost.RunAsync<Greet>(args);")]
    [InlineData("Environment.ExitCode = await OrkestraHost.RunAsync<Greet>(args);")]
    [InlineData("var code = await OrkestraHost.RunAsync<Greet>(args); return code;")]
    [InlineData("Console.WriteLine(await OrkestraHost.RunAsync<Greet>(args));")]
    public void Used_ones_are_fine(string program) => Found(program).ShouldBeEmpty();

    [Theory]
    [InlineData("await [|OrkestraHost.RunAsync<Greet>(args)|];")]
    [InlineData("[|OrkestraHost.RunAsync<Greet>(args)|].Wait();")]
    public Task Are_fixed(string before) => FixCheck.RunAsync<ExitCodeAnalyzer, ExitCodeFix>(
        "ORK018", before + Greet, "return await OrkestraHost.RunAsync<Greet>(args);" + Greet, kind: OutputKind.ConsoleApplication);

    static IReadOnlyList<Finding> Found(string program) => Analysis.OfOrkestra(program + Greet, OutputKind.ConsoleApplication);
}
