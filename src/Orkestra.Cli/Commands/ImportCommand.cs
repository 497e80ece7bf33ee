using System.CommandLine;
using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Serving;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra import</c>: adds executions that <c>export</c> wrote.</summary>
internal static class ImportCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var data = new Option<string>("--data") { Description = "The folder with the data, created if it does not exist.", DefaultValueFactory = _ => DataFolder.Default, HelpName = "DIR" };
        var file = new Argument<string>("FILE") { Description = "A file that export wrote." };
        var json = new Option<bool>("--json") { Description = "Writes JSON." };
        var command = new Command("import", "Imports executions from a file that export wrote, and skips those that exist. No server may use the data meanwhile.") { file, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            Stream source;
            try
            {
                source = File.OpenRead(parsed.GetValue(file)!);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"'{parsed.GetValue(file)}' cannot be read: {problem.Message}");
            }

            await using (source.ConfigureAwait(false))
            {
                using var store = DataFolder.Open(parsed.GetValue(data)!);
                try
                {
                    var added = await store.ImportAsync(source, cancellation).ConfigureAwait(false);
                    await streams.Output.WriteLineAsync(parsed.GetValue(json)
                        ? JsonObject.Create(("imported", added.Imported), ("skipped", added.Skipped), ("backfills", added.Backfills)).ToJson()
                        : string.Create(CultureInfo.InvariantCulture, $"{added.Imported} executions imported, {added.Skipped} there already{(added.Backfills > 0 ? $", {added.Backfills} backfills imported" : "")}")).ConfigureAwait(false);
                }
                catch (FormatException problem)
                {
                    throw new ToolException($"'{parsed.GetValue(file)}' cannot be imported: {problem.Message}", ToolExitCode.Failure);
                }
            }

            return ToolExitCode.Success;
        });
        return command;
    }
}
