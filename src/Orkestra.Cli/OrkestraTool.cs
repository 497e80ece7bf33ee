using System.CommandLine;
using Orkestra.Cli.Commands;
using Orkestra.Cli.Remote;
using Orkestra.Serving;

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
            RunCommand.Create(streams),
            ValidateCommand.Create(streams),
            GraphCommand.Create(streams),
            CostCommand.Create(streams),
            TemplateCommand.Create(streams),
            EvalCommand.Create(streams),
            TestStateCommand.Create(streams),
            ListCommand.Create(streams, remote),
            ShowCommand.Create(streams, remote),
            LogsCommand.Create(streams, remote),
            HistoryCommand.Create(streams, remote),
            StartCommand.Create(streams, remote),
            StopCommand.Create(streams, remote),
            RedriveCommand.Create(streams, remote),
            RerunCommand.Create(streams, remote),
            SkipCommand.Create(streams, remote),
            PruneCommand.Create(streams),
            ExportCommand.Create(streams),
            ImportCommand.Create(streams),
            McpCommand.Create(streams, remote),
            CompletionCommand.Create(streams),
        };
        // '@file' is an argument like any other, not a file with arguments.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
        if (args is [var directive, var line] && CompletionCommand.PositionOf(directive) is { } position) return CompletionCommand.Suggest(root.Parse(CompletionCommand.WithoutName(line), parser), line, position, streams);
        var parsed = root.Parse(args, parser);
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
        catch (ServingException problem)
        {
            return await streams.RefuseAsync(problem.Message).ConfigureAwait(false);
        }
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
