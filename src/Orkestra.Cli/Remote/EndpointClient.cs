using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Cli.Remote;

/// <summary>Calls a Step Functions endpoint, or AWS.</summary>
internal sealed class EndpointClient(WorkflowConnection connection, string endpoint) : IDisposable
{
    internal EndpointClient(Uri endpoint, string? token)
        : this(WorkflowConnection.ToEndpoint(endpoint, token), endpoint.ToString())
    {
    }

    /// <summary>Calls an action.</summary>
    /// <exception cref="ToolException">The endpoint refuses, or does not answer.</exception>
    internal async Task<JsonValue> CallAsync(string action, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.CallAsync(action, request, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException refusal) when (refusal.Code == "AccessDeniedException")
        {
            throw new ToolException($"{endpoint} does not let this caller in. Use --token when it was started with one. {refusal.Message}", ToolExitCode.Endpoint);
        }
        catch (ServiceException refusal)
        {
            throw new ToolException($"{refusal.Code}: {refusal.Message}", ToolExitCode.Endpoint);
        }
        catch (HttpRequestException problem)
        {
            throw new ToolException($"{endpoint} does not answer: {problem.Message} Start one with 'orkestra local', or name another one with --endpoint.", ToolExitCode.Endpoint);
        }
        catch (Amazon.Runtime.AmazonClientException problem)
        {
            throw new ToolException($"AWS cannot be called: {problem.Message}", ToolExitCode.Endpoint);
        }
    }

    /// <summary>Calls an action that only this project's endpoints have; null when the endpoint does not know it.</summary>
    internal async Task<JsonValue?> TryCallAsync(string action, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(action, request, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException problem) when (problem.Message.StartsWith("UnknownOperationException", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>All items of a list, page by page.</summary>
    internal async IAsyncEnumerable<JsonValue> ListAsync(
        string action, JsonObject request, string list, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonValue? next = null;
        do
        {
            var page = await CallAsync(action, next is null ? request : request.With("nextToken", next), cancellationToken).ConfigureAwait(false);
            foreach (var item in page[list] is JsonArray items ? ((IEnumerable<JsonValue>)items).ToArray() : []) yield return item;
            next = page["nextToken"];
        }
        while (next is not null);
    }

    /// <summary>The events of an execution up to now, oldest first.</summary>
    internal async Task<List<JsonObject>> HistoryAsync(string executionArn, CancellationToken cancellationToken)
    {
        var events = new List<JsonObject>();
        await foreach (var happened in ListAsync("GetExecutionHistory", JsonObject.Create(("executionArn", executionArn), ("maxResults", 1000)), "events", cancellationToken).ConfigureAwait(false))
            events.Add((JsonObject)happened);
        return events;
    }

    /// <summary>The ARN of a state machine that is named by its ARN or its name.</summary>
    internal async Task<string> MachineAsync(string named, CancellationToken cancellationToken)
    {
        if (named.StartsWith("arn:", StringComparison.Ordinal)) return named;
        // A version, an alias or a test case may follow the name.
        var end = named.IndexOfAny([':', '#']);
        var name = end < 0 ? named : named[..end];
        await foreach (var machine in ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", cancellationToken).ConfigureAwait(false))
        {
            if (machine["name"] == (JsonValue)name) return Text(machine, "stateMachineArn") + (end < 0 ? "" : named[end..]);
        }

        throw new ToolException($"{endpoint} has no state machine '{name}'. 'orkestra list' shows those it has.", ToolExitCode.Endpoint);
    }

    /// <summary>The ARN of an execution that is named by its ARN or its name.</summary>
    internal async Task<string> ExecutionAsync(string named, CancellationToken cancellationToken)
    {
        if (named.StartsWith("arn:", StringComparison.Ordinal)) return named;
        await foreach (var machine in ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", cancellationToken).ConfigureAwait(false))
        {
            if (machine["type"] == (JsonValue)"EXPRESS") continue;
            await foreach (var execution in ListAsync("ListExecutions", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!)), "executions", cancellationToken).ConfigureAwait(false))
            {
                if (execution["name"] == (JsonValue)named) return Text(execution, "executionArn");
            }
        }

        throw new ToolException($"{endpoint} has no execution '{named}'. 'orkestra list STATEMACHINE' shows those of a state machine.", ToolExitCode.Endpoint);
    }

    public void Dispose() => connection.Dispose();

    internal static string Text(JsonValue json, string name) => (json[name] as JsonString)?.Value ?? "";

    /// <summary>Formats a timestamp for display; empty if the value is not a timestamp.</summary>
    internal static string Time(JsonValue? seconds) => seconds is JsonNumber number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number.Value * 1000)).ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";
}
