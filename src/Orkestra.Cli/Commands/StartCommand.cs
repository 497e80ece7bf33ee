using System.CommandLine;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra start</c>: starts an execution.</summary>
internal static class StartCommand
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var machine = new Argument<string>("STATEMACHINE") { Description = "A state machine, version or alias, by ARN or name; NAME#TESTCASE for a mocked test case." };
        var input = new Option<string?>("--input") { Description = "The input: a file, JSON text, or - for standard input; {} by default.", HelpName = "FILE|JSON|-" };
        var name = new Option<string?>("--name") { Description = "The name of the execution; a UUID by default.", HelpName = "NAME" };
        var wait = new Option<bool>("--wait") { Description = "Waits for the end and writes the output. The exit code is 1 if the execution does not succeed." };
        var command = new Command("start", "Starts an execution and writes its ARN.") { machine, input, name, wait };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var request = JsonObject.Create(("stateMachineArn", await client.MachineAsync(parsed.GetValue(machine)!, cancellation).ConfigureAwait(false)));
            if (parsed.GetValue(input) is { } given) request = request.With("input", ToolInput.Json(given, streams).ToJson());
            if (parsed.GetValue(name) is { } named) request = request.With("name", named);
            var started = await client.CallAsync("StartExecution", request, cancellation).ConfigureAwait(false);
            var arn = EndpointClient.Text(started, "executionArn");
            if (!parsed.GetValue(wait))
            {
                await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? started.ToJson() : arn).ConfigureAwait(false);
                return ToolExitCode.Success;
            }

            JsonValue execution;
            while (EndpointClient.Text(execution = await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false), "status") == "RUNNING")
                await Task.Delay(Poll, TimeProvider.System, cancellation).ConfigureAwait(false);
            var isSuccess = EndpointClient.Text(execution, "status") == "SUCCEEDED";
            if (parsed.GetValue(remote.Json)) await streams.Output.WriteLineAsync(execution.ToJson()).ConfigureAwait(false);
            else if (isSuccess) await streams.Output.WriteLineAsync(EndpointClient.Text(execution, "output")).ConfigureAwait(false);
            else await streams.Error.WriteLineAsync($"orkestra: {arn} ended as {EndpointClient.Text(execution, "status")}. {EndpointClient.Text(execution, "error")}: {EndpointClient.Text(execution, "cause")}").ConfigureAwait(false);
            return isSuccess ? ToolExitCode.Success : ToolExitCode.Failure;
        });
    }
}
