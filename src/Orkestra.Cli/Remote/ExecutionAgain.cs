using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Remote;

/// <summary>Starts a new execution like another one, with the state machine as it is now: not with the version or the alias that the other one was started by.</summary>
internal static class ExecutionAgain
{
    /// <summary>Starts it from the beginning, which every endpoint can do, or from a state.</summary>
    /// <param name="client">The endpoint.</param>
    /// <param name="executionArn">The other execution.</param>
    /// <param name="input">The input as JSON text; null for that of the other execution, or of the state.</param>
    /// <param name="from">The state to begin with; null for the first one.</param>
    /// <param name="name">The name of the new execution; null for one that the endpoint makes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer, with <c>executionArn</c> and <c>startDate</c>.</returns>
    /// <exception cref="ToolException">The endpoint refuses.</exception>
    internal static async Task<JsonValue> StartAsync(EndpointClient client, string executionArn, string? input, string? from, string? name, CancellationToken cancellationToken)
    {
        if (from is not null)
        {
            var rerun = With(With(JsonObject.Create(("executionArn", executionArn), ("from", from)), "input", input), "name", name);
            return await client.CallAsync("Orkestra.RerunExecution", rerun, cancellationToken).ConfigureAwait(false);
        }

        var execution = await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", executionArn)), cancellationToken).ConfigureAwait(false);
        var request = JsonObject.Create(("stateMachineArn", execution["stateMachineArn"]!), ("input", input ?? EndpointClient.Text(execution, "input")));
        return await client.CallAsync("StartExecution", With(request, "name", name), cancellationToken).ConfigureAwait(false);
    }

    static JsonObject With(JsonObject request, string field, string? value) => value is null ? request : request.With(field, value);
}
