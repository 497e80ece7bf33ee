using System.CommandLine;
using Orkestra.Cli.Commands;
using Orkestra.Cli.Remote;

namespace Orkestra.Cli;

/// <summary>The tool: its commands, and what the process ends with.</summary>
internal static class OrkestraTool
{
    internal static Task<int> RunAsync(string[] args) => RunAsync(args, ToolStreams.OfProcess(), CancellationToken.None);

    internal static async Task<int> RunAsync(string[] args, ToolStreams streams, CancellationToken cancellationToken)
    {
        var remote = new RemoteOptions();
        var root = new RootCommand("A local AWS Step Functions, and work on definitions and executions.")
        {
            LocalCommand.Create(streams),
            ValidateCommand.Create(streams),
            GraphCommand.Create(streams),
            EvalCommand.Create(streams),
            TestStateCommand.Create(streams),
            ListCommand.Create(streams, remote),
            ShowCommand.Create(streams, remote),
            HistoryCommand.Create(streams, remote),
            StartCommand.Create(streams, remote),
            StopCommand.Create(streams, remote),
            RedriveCommand.Create(streams, remote),
            PruneCommand.Create(streams),
            ExportCommand.Create(streams),
            ImportCommand.Create(streams),
            McpCommand.Create(streams, remote),
        };
        // '@file' is an argument like any other, not a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.UnmatchedTokens is [var unknown, ..]) return await streams.RefuseAsync($"There is no command or argument '{unknown}' here. See --help for those there are.").ConfigureAwait(false);
        if (parsed.Errors.Count > 0) return await streams.RefuseAsync($"{Sentence(parsed.Errors[0].Message)} See --help for the commands.").ConfigureAwait(false);
        var invocation = new InvocationConfiguration { Output = streams.Output, Error = streams.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException problem)
        {
            return await streams.RefuseAsync(problem.Message, problem.ExitCode).ConfigureAwait(false);
        }
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
