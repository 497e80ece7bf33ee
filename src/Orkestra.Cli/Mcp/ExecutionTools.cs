using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Mcp;

/// <summary>The tools of <c>orkestra mcp</c> that work on the executions of an endpoint.</summary>
internal sealed class ExecutionTools(EndpointClient client)
{
    const int MostListed = 1000;
    const string ExecutionHelp = "An execution, by ARN or name.";

    [McpServerTool(Name = "list_state_machines", Title = "List state machines", ReadOnly = true)]
    [Description("Lists the state machines of the endpoint.")]
    internal Task<CallToolResult> ListMachinesAsync(CancellationToken cancellationToken) => McpTools.GuardedAsync(async () =>
        await ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", 1000, cancellationToken).ConfigureAwait(false));

    [McpServerTool(Name = "list_executions", Title = "List executions", ReadOnly = true)]
    [Description("Lists the executions of a state machine, the newest first.")]
    internal Task<CallToolResult> ListAsync(
        [Description("A state machine, by ARN or name.")] string stateMachine,
        [Description("RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE; all when empty.")] string status = "",
        [Description("The most executions to return, 1 to 1000.")] int limit = 50,
        CancellationToken cancellationToken = default) => McpTools.GuardedAsync(async () =>
    {
        var request = JsonObject.Create(("stateMachineArn", await client.MachineAsync(stateMachine, cancellationToken).ConfigureAwait(false)));
        if (status.Length > 0) request = request.With("statusFilter", status);
        return await ListAsync("ListExecutions", request, "executions", Math.Clamp(limit, 1, MostListed), cancellationToken).ConfigureAwait(false);
    });

    [McpServerTool(Name = "show_execution", Title = "Show an execution", ReadOnly = true)]
    [Description("Returns an execution with its input, output or error, and its history events.")]
    internal Task<CallToolResult> ShowAsync(
        [Description(ExecutionHelp)] string execution,
        [Description("The most history events to return, from the first; 1 to 1000.")] int events = 200,
        CancellationToken cancellationToken = default) => McpTools.GuardedAsync(async () =>
    {
        var described = await DescribeAsync(execution, cancellationToken).ConfigureAwait(false);
        var history = new List<JsonValue>();
        await foreach (var happened in EventsAsync(described, cancellationToken).ConfigureAwait(false))
        {
            history.Add(happened);
            if (history.Count >= Math.Clamp(events, 1, MostListed)) break;
        }

        return described.With("events", JsonArray.Create(history)).ToIndentedJson();
    });

    [McpServerTool(Name = "explain_failure", Title = "Explain a failure", ReadOnly = true)]
    [Description("Says why an execution failed: the error with its cause decoded, the state that failed with its input, how often it was tried, and what the error's name means.")]
    internal Task<CallToolResult> ExplainAsync([Description(ExecutionHelp)] string execution, CancellationToken cancellationToken) => McpTools.GuardedAsync(async () =>
    {
        var described = await DescribeAsync(execution, cancellationToken).ConfigureAwait(false);
        var status = EndpointClient.Text(described, "status");
        if (status is "RUNNING" or "SUCCEEDED") throw new ToolException($"The execution has not failed: its status is {status}.");
        var json = new JsonObject.Builder(8).Set("execution", described["executionArn"]!).Set("status", status);
        var error = EndpointClient.Text(described, "error");
        if (described["error"] is { } name) json.Set("error", name);
        if (described["cause"] is JsonString cause) json.Set("cause", Decoded(cause));
        if (Explanations.Find(error) is { } meaning) json.Set("meaning", meaning);
        // Events point back to what led to them: the nearest state that was entered is the one that failed.
        var events = new Dictionary<long, JsonValue>();
        var last = 0L;
        await foreach (var happened in EventsAsync(described, cancellationToken).ConfigureAwait(false)) events[last = Number(happened["id"])] = happened;
        var at = events.GetValueOrDefault(last);
        var failures = 0;
        while (at is not null)
        {
            var type = EndpointClient.Text(at, "type");
            if (type.EndsWith("Failed", StringComparison.Ordinal) || type.EndsWith("TimedOut", StringComparison.Ordinal)) failures += type.StartsWith("Execution", StringComparison.Ordinal) ? 0 : 1;
            if (at["stateEnteredEventDetails"] is { } entered)
            {
                json.Set("state", entered["name"]!);
                if (entered["input"] is JsonString input) json.Set("stateInput", Decoded(input));
                json.Set("failedAttempts", failures);
                break;
            }

            at = events.GetValueOrDefault(Number(at["previousEventId"]));
        }

        return json.Build().ToIndentedJson();
    });

    [McpServerTool(Name = "start_execution", Title = "Start an execution", ReadOnly = false, Destructive = false)]
    [Description("Starts an execution of a state machine and returns its ARN.")]
    internal Task<CallToolResult> StartAsync(
        [Description("A state machine, version or alias, by ARN or name.")] string stateMachine,
        [Description("The input as JSON text.")] string input = "{}",
        [Description("The name of the execution; a UUID when empty.")] string name = "",
        CancellationToken cancellationToken = default) => McpTools.GuardedAsync(async () =>
    {
        var request = JsonObject.Create(("stateMachineArn", await client.MachineAsync(stateMachine, cancellationToken).ConfigureAwait(false)), ("input", input));
        if (name.Length > 0) request = request.With("name", name);
        return (await client.CallAsync("StartExecution", request, cancellationToken).ConfigureAwait(false)).ToIndentedJson();
    });

    [McpServerTool(Name = "rerun_execution", Title = "Rerun an execution", ReadOnly = false, Destructive = false)]
    [Description("Runs a failed execution again: from the state that failed (redrive), or from the start with the same or another input, as a new execution of the state machine as it is now.")]
    internal Task<CallToolResult> RerunAsync(
        [Description(ExecutionHelp)] string execution,
        [Description("false: from the state that failed. true: a new execution from the start.")] bool fromStart = false,
        [Description("With fromStart: the input as JSON text; that of the execution when empty.")] string input = "",
        CancellationToken cancellationToken = default) => McpTools.GuardedAsync(async () =>
    {
        var arn = await client.ExecutionAsync(execution, cancellationToken).ConfigureAwait(false);
        var answer = fromStart
            ? await ExecutionAgain.StartAsync(client, arn, input.Length > 0 ? input : null, from: null, name: null, cancellationToken).ConfigureAwait(false)
            : await client.CallAsync("RedriveExecution", JsonObject.Create(("executionArn", arn)), cancellationToken).ConfigureAwait(false);
        return answer.ToIndentedJson();
    });

    [McpServerTool(Name = "stop_execution", Title = "Stop an execution", ReadOnly = false, Destructive = true)]
    [Description("Stops a running execution.")]
    internal Task<CallToolResult> StopAsync(
        [Description(ExecutionHelp)] string execution, [Description("Why, for the history.")] string cause = "", CancellationToken cancellationToken = default) => McpTools.GuardedAsync(async () =>
    {
        var request = JsonObject.Create(("executionArn", await client.ExecutionAsync(execution, cancellationToken).ConfigureAwait(false)));
        if (cause.Length > 0) request = request.With("cause", cause);
        return (await client.CallAsync("StopExecution", request, cancellationToken).ConfigureAwait(false)).ToIndentedJson();
    });

    async Task<JsonObject> DescribeAsync(string execution, CancellationToken cancellationToken)
    {
        var arn = await client.ExecutionAsync(execution, cancellationToken).ConfigureAwait(false);
        return (JsonObject)await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellationToken).ConfigureAwait(false);
    }

    IAsyncEnumerable<JsonValue> EventsAsync(JsonObject described, CancellationToken cancellationToken) => client.ListAsync(
        "GetExecutionHistory", JsonObject.Create(("executionArn", described["executionArn"]!), ("maxResults", MostListed)), "events", cancellationToken);

    async Task<string> ListAsync(string action, JsonObject request, string list, int most, CancellationToken cancellationToken)
    {
        var found = new List<JsonValue>();
        await foreach (var item in client.ListAsync(action, request, list, cancellationToken).ConfigureAwait(false))
        {
            found.Add(item);
            if (found.Count >= most) break;
        }

        return JsonArray.Create(found).ToIndentedJson();
    }

    // Causes and inputs are often JSON as text.
    static JsonValue Decoded(JsonString text)
    {
        try
        {
            return JsonValue.Parse(System.Text.Encoding.UTF8.GetBytes(text.Value));
        }
        catch (JsonFormatException)
        {
            return text;
        }
    }

    static long Number(JsonValue? value) => value is JsonNumber number ? (long)number.Value : 0;
}
