using System.CommandLine;
using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Serving;
using Orkestra.Sqlite;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra prune</c>: deletes executions that have ended.</summary>
internal static class PruneCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var data = new Option<string>("--data") { Description = "The folder with the data.", DefaultValueFactory = _ => DataFolder.Default, HelpName = "DIR" };
        var days = new Option<double?>("--older-than") { Description = "Deletes executions that ended more than this many days ago.", HelpName = "DAYS" };
        var count = new Option<int?>("--keep") { Description = "Keeps this many of the newest ended executions.", HelpName = "NUMBER" };
        var json = new Option<bool>("--json") { Description = "Writes JSON." };
        var command = new Command("prune", "Deletes ended executions and backfills. No server may use the data meanwhile.") { data, days, count, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (age, most) = (parsed.GetValue(days), parsed.GetValue(count));
            if (age is null && most is null) throw new ToolException("Say what to delete: --older-than DAYS, --keep NUMBER, or both.");
            if (age is < 0 or > 36_500 || most < 0) throw new ToolException("--older-than takes 0 to 36500 days, and --keep a number from 0 on.");
            using var store = DataFolder.OpenExisting(parsed.GetValue(data)!);
            var pruned = await store.PruneAsync(new RetentionPolicy { MaxAge = age is { } whole ? TimeSpan.FromDays(whole) : null, MaxCount = most }, cancellation).ConfigureAwait(false);
            await streams.Output.WriteLineAsync(parsed.GetValue(json)
                ? JsonObject.Create(("executions", pruned.Executions), ("childExecutions", pruned.ChildExecutions), ("backfills", pruned.Backfills)).ToJson()
                : string.Create(CultureInfo.InvariantCulture, $"{pruned.Executions} executions and {pruned.ChildExecutions} child executions deleted{(pruned.Backfills > 0 ? $", {pruned.Backfills} backfills" : "")}")).ConfigureAwait(false);
            return ToolExitCode.Success;
        });
        return command;
    }
}
