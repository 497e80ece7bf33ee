using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>The program around a workflow.</summary>
internal static class ProgramMistakes
{
    const string Greet = """

        public sealed class Greet : Workflow<Nothing, string>
        {
            static readonly Step<Nothing, string> Hello = new(_ => "hello");
            static readonly Step<string, string> Loud = new(text => text + "!");
            public override Flow<Nothing, string> Define() => Hello >> Loud;
        }
        """;

    public static IReadOnlyList<Mistake> All { get; } =
    [
        Of("The exit code is not returned", Analyzer, "exits with 0 also when the run fails", "return await OrkestraHost.RunAsync<Greet>(args)", "await OrkestraHost.RunAsync<Greet>(args);"),
        Of("The exit code is thrown away", Analyzer, "exits with 0 also when the run fails", "return await OrkestraHost.RunAsync<Greet>(args)", "_ = await OrkestraHost.RunAsync<Greet>(args);"),
        Of("The run is not awaited", Compiler, "exits with 0 also when the run fails", "return await OrkestraHost.RunAsync<Greet>(args)", "OrkestraHost.RunAsync<Greet>(args);"),
        Of("The run is waited for without its exit code", Analyzer, "exits with 0 also when the run fails", "return await OrkestraHost.RunAsync<Greet>(args)", "OrkestraHost.RunAsync<Greet>(args).Wait();"),
        Of("Main does not return the exit code", Analyzer, "exits with 0 also when the run fails", "return await OrkestraHost.RunAsync<Greet>(args)", "public static class Program { public static async Task Main(string[] args) => await OrkestraHost.RunAsync<Greet>(args); }"),
        Of("What is run is no workflow", Compiler, "'string'", "Workflow", "return await OrkestraHost.RunAsync<string>(args);"),
        Of("The task is returned instead of the code", Compiler, "Task<int>", "'int'", "return OrkestraHost.RunAsync<Greet>(args);"),
    ];

    static Mistake Of(string name, Stage stage, string thing, string fix, string program) => new(name, stage, thing, fix, new("") { Whole = program + Greet });
}
