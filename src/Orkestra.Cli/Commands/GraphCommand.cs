using System.CommandLine;
using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra graph</c>: draws a definition.</summary>
internal static class GraphCommand
{
    /// <summary>The formats; further ones are added here.</summary>
    static readonly Dictionary<string, Func<StateMachine, string>> Formats = new(StringComparer.Ordinal)
    {
        ["mermaid"] = MermaidGraph.Write,
        ["dot"] = DotGraph.Write,
        ["svg"] = document => SvgGraph.Write(document),
    };

    internal static Command Create(ToolStreams streams)
    {
        var names = string.Join(" or ", Formats.Keys);
        var file = new Argument<string>("FILE") { Description = "A definition (ASL); - for standard input." };
        var format = new Option<string>("--format") { Description = $"{names}; mermaid by default.", DefaultValueFactory = _ => "mermaid" };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var json = new Option<bool>("--json") { Description = "The drawing as the text of a JSON object." };
        var command = new Command("graph", "Draws a definition and writes the drawing to standard output.") { file, format, json };
        command.SetAction(parsed =>
        {
            var read = AslReader.Read(ToolInput.Text(parsed.GetValue(file)!, streams));
            if (read.Document is null) throw new ToolException($"'{parsed.GetValue(file)}' is not a definition. {read.Diagnostics[0].Message}", ToolExitCode.Failure);
            var wanted = parsed.GetValue(format)!;
            var drawing = Formats[wanted](read.Document).TrimEnd();
            streams.Output.WriteLine(parsed.GetValue(json) ? JsonObject.Create(("format", wanted), ("graph", drawing)).ToJson() : drawing);
            return ToolExitCode.Success;
        });
        return command;
    }
}
