using System.CommandLine;
using Orkestra.Cli.Output;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra list</c>: state machines, or the executions of one.</summary>
internal static class ListCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var machine = new Argument<string?>("STATEMACHINE") { Description = "A state machine, version or alias, by ARN or name; without it the state machines are listed.", Arity = ArgumentArity.ZeroOrOne };
        var status = new Option<string?>("--status") { Description = "Executions with this status.", HelpName = "STATUS" };
        status.AcceptOnlyFromAmong("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
        var most = new Option<int>("--limit") { Description = "The maximum number of entries to list.", DefaultValueFactory = _ => 100, HelpName = "NUMBER" };
        var command = new Command("list", "Lists state machines, or the executions of one, newest first.") { machine, status, most };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var isJson = parsed.GetValue(remote.Json);
            var items = new List<JsonValue>();
            var named = parsed.GetValue(machine);
            var all = named is null
                ? client.ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", cancellation)
                : client.ListAsync("ListExecutions", await RequestAsync(client, named, parsed.GetValue(status), cancellation).ConfigureAwait(false), "executions", cancellation);
            await foreach (var item in all.ConfigureAwait(false))
            {
                if (items.Count >= parsed.GetValue(most)) break;
                items.Add(item);
            }

            if (isJson) await streams.Output.WriteLineAsync(JsonArray.Create(items).ToJson()).ConfigureAwait(false);
            else if (named is null) ToolTable.Write(streams, ["Name", "Type", "Created", "ARN"], items.Select(item => Row(item, "name", "type", "creationDate", "stateMachineArn")));
            else ToolTable.Write(streams, ["Name", "Status", "Started", "Stopped", "ARN"], items.Select(item => Row(item, "name", "status", "startDate", "stopDate", "executionArn")));
            return ToolExitCode.Success;
        });
    }

    static async Task<JsonObject> RequestAsync(EndpointClient client, string machine, string? status, CancellationToken cancellation)
    {
        var request = JsonObject.Create(("stateMachineArn", await client.MachineAsync(machine, cancellation).ConfigureAwait(false)));
        return status is null ? request : request.With("statusFilter", status);
    }

    static string[] Row(JsonValue item, params string[] fields) =>
        [.. fields.Select(field => field.EndsWith("Date", StringComparison.Ordinal) ? EndpointClient.Time(item[field]) : EndpointClient.Text(item, field))];
}
