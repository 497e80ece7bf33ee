using System.CommandLine;
using Orkestra.Cli.Commands;

namespace Orkestra.Cli;

/// <summary>The tool: its commands, and what the process ends with.</summary>
internal static class OrkestraTool
{
    internal static Task<int> RunAsync(string[] args) => RunAsync(args, ToolStreams.OfProcess());

    internal static async Task<int> RunAsync(string[] args, ToolStreams streams)
    {
        var root = new RootCommand("A local AWS Step Functions, and work on definitions and executions.")
        {
            LocalCommand.Create(streams),
        };
        // '@file' is an argument like any other, not a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) return await streams.RefuseAsync($"{Sentence(parsed.Errors[0].Message)} See --help for the commands.").ConfigureAwait(false);
        var invocation = new InvocationConfiguration { Output = streams.Output, Error = streams.Error, EnableDefaultExceptionHandler = false };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (ToolException problem)
        {
            return await streams.RefuseAsync(problem.Message, problem.ExitCode).ConfigureAwait(false);
        }
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
