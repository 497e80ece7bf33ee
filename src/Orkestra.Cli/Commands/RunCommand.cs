using System.CommandLine;
using Orkestra.Cli.Running;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra run</c>: runs a definition in this process, or a workflow program.</summary>
internal static class RunCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var target = new Argument<string>("FILE|PROJECT") { Description = "A definition (ASL), - for one on standard input; or a workflow program: a folder with a project, a project file, or a C# file." };
        var input = new Option<string?>("--input") { Description = "The input: a file, JSON text, or - for standard input; {} by default.", HelpName = "FILE|JSON|-" };
        var watch = new Option<bool>("--watch") { Description = "Runs again whenever the file, or a file of the project, changes. Press Ctrl-C to end." };
        var json = new Option<bool>("--json") { Description = "Writes status, output, error and states of a definition as one JSON object." };
        var command = new Command("run", "Runs a workflow and writes its output to standard output. The exit code is 1 if it does not succeed.") { target, input, watch, json };
        command.SetAction((parsed, cancellation) =>
        {
            var named = parsed.GetValue(target)!;
            if (ProgramRun.Find(named) is { } program) return ProgramRun.RunAsync(program, parsed.GetValue(input), parsed.GetValue(watch), cancellation);
            var run = new DefinitionRun(named, parsed.GetValue(input), parsed.GetValue(json), streams);
            return parsed.GetValue(watch) ? run.WatchAsync(cancellation) : run.RunAsync(cancellation);
        });
        return command;
    }
}
