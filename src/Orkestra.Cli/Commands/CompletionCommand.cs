using System.CommandLine;
using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra completion</c>: what makes a shell complete the commands and options of the tool.</summary>
internal static class CompletionCommand
{
    const string Directive = "[suggest:";

    // Each asks the tool itself: [suggest:POSITION] and the line answer with one suggestion a line.
    static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _orkestra() {
                local IFS=$'\n'
                COMPREPLY=($(orkestra "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
            }
            complete -o default -F _orkestra orkestra
            """,
        ["zsh"] = """
            _orkestra() {
                local -a suggestions
                suggestions=("${(@f)$(orkestra "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- $suggestions
                _files
            }
            compdef _orkestra orkestra
            """,
        ["fish"] = """
            complete -c orkestra -a '(orkestra "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName orkestra -ScriptBlock {
                param($word, $command, $position)
                orkestra "[suggest:$position]" "$command" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    /// <summary>The position of <c>[suggest:POSITION]</c>; null when an argument is something else.</summary>
    internal static int? PositionOf(string argument) =>
        argument.StartsWith(Directive, StringComparison.Ordinal) && argument.EndsWith(']') && int.TryParse(argument.AsSpan(Directive.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position : null;

    /// <summary>A line without the name of the tool, which may be anything.</summary>
    internal static string WithoutName(string line) => line[Math.Min(line.Length, line.TrimEnd().IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? space + 1 : line.Length)..];

    /// <summary>Writes what may stand at a position of a line.</summary>
    internal static int Suggest(ParseResult parsed, string line, int position, ToolStreams streams)
    {
        var rest = WithoutName(line);
        foreach (var suggestion in parsed.GetCompletions(Math.Clamp(position - (line.Length - rest.Length), 0, rest.Length))) streams.Output.WriteLine(suggestion.Label);
        return ToolExitCode.Success;
    }

    internal static Command Create(ToolStreams streams)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var json = new Option<bool>("--json") { Description = "The script as the text of a JSON object." };
        var command = new Command("completion", "Writes the script that makes a shell complete the commands of the tool: eval \"$(orkestra completion bash)\".") { shell, json };
        command.SetAction(parsed =>
        {
            var script = Scripts[parsed.GetValue(shell)!];
            streams.Output.WriteLine(parsed.GetValue(json) ? JsonObject.Create(("shell", parsed.GetValue(shell)!), ("script", script)).ToJson() : script);
            return ToolExitCode.Success;
        });
        return command;
    }
}
