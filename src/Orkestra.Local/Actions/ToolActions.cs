using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Local.Actions;

/// <summary>What the tools of this service ask for beyond AWS's API: <c>Orkestra.RerunExecution</c>, <c>Orkestra.SkipWait</c> and <c>Orkestra.ReadStepLogs</c>.</summary>
internal sealed class ToolActions(OrkestraRuntime runtime)
{
    const int LongestName = 80;
    const int Suffix = 9;

    internal Task<JsonObject> CallAsync(string action, JsonObject request) => action switch
    {
        "RerunExecution" => RerunAsync(request),
        "SkipWait" => SkipAsync(request),
        "ReadStepLogs" => ReadLogsAsync(request),
        _ => throw new ServiceException("UnknownOperationException", $"The service has no action 'Orkestra.{action}'"),
    };

    /// <summary>
    /// Starts a new execution like another one, with the state machine as it is now: with the same or another input, from the beginning or from a state of the outermost level with
    /// the input that this state had last and the variables that were set then.
    /// </summary>
    async Task<JsonObject> RerunAsync(JsonObject request)
    {
        var execution = await runtime.Service.FindAsync(request).ConfigureAwait(false);
        var machine = runtime.StateMachines.Find(execution.StateMachineArn) ?? throw new ServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{execution.StateMachineArn}'");
        var from = RequestFields.Optional(request, "from");
        var input = RequestFields.Optional(request, "input") is null ? null : RequestFields.InputOf(request);
        if (from is not null)
        {
            var point = await runtime.FindRerunPointAsync(execution.Arn, from).ConfigureAwait(false);
            var startsAt = Accepted(() => machine.StartingAt(from, point));
            input ??= point?.Input
                ?? throw new ServiceException("ValidationException", $"The execution did not come to '{from}'. Give the input to begin with");
            machine = startsAt;
        }

        var name = RequestFields.Optional(request, "name") ?? $"{execution.Name[..Math.Min(execution.Name.Length, LongestName - Suffix)]}-{Guid.NewGuid().ToString("N")[..(Suffix - 1)]}";
        var started = await runtime.Service.StartAsync(machine, input ?? execution.Input, name).ConfigureAwait(false);
        return JsonObject.Create(("executionArn", started.Arn), ("startDate", RequestFields.Seconds(started.Snapshot.StartTime)));
    }

    /// <summary>Moves an execution that only waits to the time it waits for.</summary>
    async Task<JsonObject> SkipAsync(JsonObject request)
    {
        var execution = await runtime.Service.FindAsync(request).ConfigureAwait(false);
        try
        {
            return JsonObject.Create(("skippedTo", RequestFields.Seconds(await runtime.SkipWaitAsync(execution.Arn).ConfigureAwait(false))));
        }
        catch (InvalidOperationException refusal)
        {
            throw new ServiceException("ValidationException", refusal.Message);
        }
    }

    /// <summary>What the steps of an execution logged after a line: <c>lines</c>, oldest first, how many older ones were <c>dropped</c>, and <c>isLast</c>.</summary>
    async Task<JsonObject> ReadLogsAsync(JsonObject request)
    {
        var execution = await runtime.Service.FindAsync(request).ConfigureAwait(false);
        var after = request.TryGetValue("after", out var value) && value is JsonNumber number && number.TryGetInt64(out var line) ? line : 0;
        var page = await runtime.ReadStepLogsAsync(new StepLogQuery { ExecutionArn = execution.Arn, After = after }).ConfigureAwait(false);
        return JsonObject.Create(("lines", JsonArray.Create(page.Lines.Select(logged => (JsonValue)logged.ToJson()))), ("dropped", page.Dropped), ("isLast", page.IsLast));
    }

    static T Accepted<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException refusal)
        {
            throw new ServiceException("ValidationException", refusal.Message);
        }
    }
}
