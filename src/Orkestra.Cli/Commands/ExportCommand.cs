using System.CommandLine;
using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Serving;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra export</c>: writes executions as JSON lines.</summary>
internal static class ExportCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var data = new Option<string>("--data") { Description = "The folder with the data.", DefaultValueFactory = _ => DataFolder.Default, HelpName = "DIR" };
        var file = new Argument<string>("FILE") { Description = "The file to write, with one JSON object on each line. An existing file is replaced." };
        var json = new Option<bool>("--json") { Description = "Writes JSON." };
        var command = new Command("export", "Exports executions with their definitions and step logs, and backfills, as JSON lines. No server may use the data meanwhile.") { file, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var store = DataFolder.OpenExisting(parsed.GetValue(data)!);
            int written;
            try
            {
                var destination = File.Create(parsed.GetValue(file)!);
                await using (destination.ConfigureAwait(false)) written = await store.ExportAsync(destination, null, cancellation).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"'{parsed.GetValue(file)}' cannot be written: {problem.Message}");
            }

            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? JsonObject.Create(("exported", written)).ToJson() : string.Create(CultureInfo.InvariantCulture, $"{written} executions exported")).ConfigureAwait(false);
            return ToolExitCode.Success;
        });
        return command;
    }
}
