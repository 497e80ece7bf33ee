using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Service;

// The actions in the shapes of the service's JSON interface.
public sealed partial class ExecutionService
{
    static readonly JsonObject Included = JsonObject.Create(("included", true));

    /// <summary>
    /// Carries out an action in the shapes of the service's JSON interface: StartExecution, StartSyncExecution, DescribeExecution, ListExecutions, StopExecution, RedriveExecution,
    /// GetExecutionHistory, DescribeStateMachineForExecution, ListMapRuns, DescribeMapRun, UpdateMapRun, SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat.
    /// </summary>
    /// <param name="action">The action's name.</param>
    /// <param name="request">The request; inputs and outputs are JSON texts in it.</param>
    /// <returns>The response; timestamps are seconds since 1970.</returns>
    /// <exception cref="ServiceException">The service would refuse the request.</exception>
    /// <exception cref="ArgumentException">There is no such action here.</exception>
    public async Task<JsonObject> CallAsync(string action, JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        switch (action)
        {
            case "StartExecution": return Start(request);
            case "StartSyncExecution":
                // Who asks from outside does not hold the clock, so that it is held here.
                var clock = runner.Clock as SkippingTimeProvider;
                clock?.Enter();
                try
                {
                    return await StartSyncAsync(request, depth: 0).ConfigureAwait(false);
                }
                finally
                {
                    clock?.LeaveAndSkip();
                }

            case "DescribeExecution": return Describe(ExecutionOf(request));
            case "ListExecutions": return List(request);
            case "StopExecution": return Stop(request);
            case "RedriveExecution": return Redrive(request);
            case "GetExecutionHistory": return History(request);
            case "DescribeStateMachineForExecution": return MachineOf(ExecutionOf(request));
            case "ListMapRuns": return ListMapRuns(request);
            case "DescribeMapRun": return DescribeMapRun(request);
            case "UpdateMapRun": return UpdateMapRun(request);
            case "SendTaskSuccess":
                return Sent(runner.SendTaskSuccess(Names.Required(request, "taskToken"), OutputOf(Names.Required(request, "output"))));
            case "SendTaskFailure":
                return Sent(runner.SendTaskFailure(Names.Required(request, "taskToken"), Names.Optional(request, "error"), Names.Optional(request, "cause")));
            case "SendTaskHeartbeat": return Sent(runner.SendTaskHeartbeat(Names.Required(request, "taskToken")));
            default: throw new ArgumentException($"The action '{action}' is not offered here.", nameof(action));
        }
    }

    /// <summary>Whether an action is offered.</summary>
    internal static bool Offers(string action) => action is "StartExecution" or "StartSyncExecution" or "DescribeExecution" or "ListExecutions" or "StopExecution"
        or "RedriveExecution" or "GetExecutionHistory" or "DescribeStateMachineForExecution" or "ListMapRuns" or "DescribeMapRun" or "UpdateMapRun"
        or "SendTaskSuccess" or "SendTaskFailure" or "SendTaskHeartbeat";

    static JsonObject Sent(bool isKnown) =>
        isKnown ? JsonObject.Empty : throw new ServiceException("InvalidToken", "Invalid Token: 'Invalid token'");

    static JsonValue OutputOf(string text)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("InvalidOutput", $"Invalid Output: '{Validation.JsonProblem.Describe(text).Message}'");
        }
    }

    JsonObject Start(JsonObject request)
    {
        var handle = StartExecution(Names.Required(request, "stateMachineArn"), InputOf(Names.Optional(request, "input")), Names.Optional(request, "name"));
        return JsonObject.Create(("executionArn", handle.Arn), ("startDate", Seconds(handle.StartTime)));
    }

    /// <summary>StartSyncExecution, asked for by a task that holds the clock.</summary>
    internal async Task<JsonObject> StartSyncAsync(JsonObject request, int depth)
    {
        var machine = Machine(Names.Required(request, "stateMachineArn"));
        var input = InputOf(Names.Optional(request, "input"));
        var trace = Names.Optional(request, "traceHeader");
        if (machine.Type != StateMachineType.Express)
            throw new ServiceException("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        var run = Prepare(machine, input, Names.Optional(request, "name"), depth, out var start);
        return SyncResponse(machine, await EndOf(run, start).ConfigureAwait(false), trace);
    }

    /// <summary>Begins a run, if it has not begun, and waits for its end in a task that holds the clock.</summary>
    internal async Task<ExecutionResult> EndOf(ExecutionRun run, ExecutionStart? start)
    {
        var ended = run.WhenEnded();
        if (runner.Clock is not SkippingTimeProvider clock)
        {
            if (start is not null) Begin(run, start);
            return await ended.ConfigureAwait(false);
        }

        run.HandOver();
        if (start is not null) Begin(run, start);
        // The clock is not held while the other execution may wait for it.
        clock.LeaveAndSkip();
        try
        {
            return await ended.ConfigureAwait(false);
        }
        finally
        {
            if (!run.WasHandedOver) clock.Enter();
        }
    }

    // The service bills by the duration, rounded up to 100 ms, and by memory in steps of 64 MB.
    static JsonObject SyncResponse(RegisteredStateMachine machine, ExecutionResult ended, string? trace)
    {
        var billed = (long)Math.Ceiling((ended.StopTime - ended.StartTime).TotalMilliseconds / 100) * 100;
        var response = new JsonObject.Builder(14)
            .Set("executionArn", ended.Arn)
            .Set("stateMachineArn", machine.Arn)
            .Set("name", ended.Name)
            .Set("startDate", Seconds(ended.StartTime))
            .Set("stopDate", Seconds(ended.StopTime))
            .Set("status", StatusOf(ended.Status));
        Outcome(response, ended.Input, ended.Output, ended.Error, ended.Cause);
        if (trace is not null) response.Set("traceHeader", trace);
        return response.Set("billingDetails", JsonObject.Create(("billedMemoryUsedInMB", 64), ("billedDurationInMilliseconds", Math.Max(billed, 100)))).Build();
    }

    static void Outcome(JsonObject.Builder response, JsonValue input, JsonValue? output, string? error, string? cause)
    {
        if (error is not null) response.Set("error", error);
        if (cause is not null) response.Set("cause", cause);
        response.Set("input", input.ToJson()).Set("inputDetails", Included);
        if (output is not null) response.Set("output", output.ToJson()).Set("outputDetails", Included);
    }

    ExecutionRun ExecutionOf(JsonObject request)
    {
        var arn = Names.Required(request, "executionArn");
        if (Find(arn) is { } run) return run;
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw new ServiceException("InvalidArn", $"Invalid Arn: 'Invalid ARN prefix: {arn}'");
        throw new ServiceException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
    }

    static ExecutionRun Standard(ExecutionRun run) => run.Execution.Start.Type == StateMachineType.Standard ? run
        : throw new ServiceException("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'");

    /// <summary>An execution as DescribeExecution tells of it.</summary>
    internal static JsonObject Describe(ExecutionRun run)
    {
        var execution = Standard(run).Execution;
        var response = new JsonObject.Builder(16)
            .Set("executionArn", execution.Arn)
            .Set("stateMachineArn", execution.Start.Machine.StateMachineArn)
            .Set("name", execution.Name)
            .Set("status", StatusOf(execution.Status))
            .Set("startDate", Seconds(execution.StartedAt));
        if (execution.HasEnded) response.Set("stopDate", Seconds(execution.StoppedAt));
        Outcome(response, execution.Start.Input, execution.Output, execution.Failure?.Error, execution.Failure?.Cause);
        response.Set("redriveCount", execution.RedriveCount).Set("redriveStatus", execution.RedriveRefusal is null ? "REDRIVABLE" : "NOT_REDRIVABLE");
        if (execution.RedriveRefusal is { } reason) response.Set("redriveStatusReason", reason);
        return response.Build();
    }

    JsonObject List(JsonObject request)
    {
        var filter = Names.Optional(request, "statusFilter");
        if (filter is not (null or "RUNNING" or "SUCCEEDED" or "FAILED" or "TIMED_OUT" or "ABORTED" or "PENDING_REDRIVE"))
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value '{filter}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
        }

        var found = ((JsonValue)request)["mapRunArn"] is JsonString ? ChildrenOf(request) : ExecutionsOf(Machine(Names.Required(request, "stateMachineArn")));
        return Pages.Of(request, "executions", [.. found.Where(entry => filter is null || ((JsonValue)entry)["status"] == (JsonValue)filter)]);
    }

    // The newest come first.
    IEnumerable<JsonObject> ExecutionsOf(RegisteredStateMachine machine)
    {
        if (machine.Type == StateMachineType.Express)
            throw new ServiceException("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        ExecutionRun[] all;
        lock (gate) all = [.. order.Distinct().Reverse().Select(arn => executions.GetValueOrDefault(arn)).OfType<ExecutionRun>()];
        return all.Where(run => run.Execution.Start.Machine.StateMachineArn == machine.Arn).Select(run =>
        {
            var execution = run.Execution;
            var entry = JsonObject.Create(
                ("executionArn", execution.Arn), ("stateMachineArn", machine.Arn), ("name", execution.Name), ("status", StatusOf(execution.Status)),
                ("startDate", Seconds(execution.StartedAt)), ("redriveCount", execution.RedriveCount));
            return execution.HasEnded ? entry.With("stopDate", Seconds(execution.StoppedAt)) : entry;
        });
    }

    JsonObject Stop(JsonObject request)
    {
        var run = Standard(ExecutionOf(request));
        run.Stop(Names.Optional(request, "error"), Names.Optional(request, "cause"));
        return JsonObject.Create(("stopDate", Seconds(run.Execution.HasEnded ? run.Execution.StoppedAt : runner.UtcTicks)));
    }

    JsonObject Redrive(JsonObject request)
    {
        var run = Standard(ExecutionOf(request));
        if (run.Execution.RedriveRefusal is { } reason) throw new ServiceException("ExecutionNotRedrivable", reason);
        _ = run.RedriveAsync().AsTask();
        return JsonObject.Create(("redriveDate", Seconds(runner.UtcTicks)));
    }

    JsonObject History(JsonObject request)
    {
        var run = Standard(ExecutionOf(request));
        var events = run.ReadHistory();
        var includes = ((JsonValue)request)["includeExecutionData"] != (JsonValue)false;
        var entries = events.Select(happened => includes ? happened.ToJson() : Logging.LogRecord.WithoutData(happened));
        return Pages.Of(request, "events", [.. ((JsonValue)request)["reverseOrder"] == (JsonValue)true ? entries.Reverse() : entries]);
    }

    static JsonObject MachineOf(ExecutionRun run) => JsonObject.Create(
        ("stateMachineArn", run.Execution.Start.Machine.StateMachineArn),
        ("name", run.Execution.Start.Machine.Name),
        ("definition", Asl.AslWriter.Write(run.Execution.Plan.Machine, indented: false)),
        ("roleArn", run.Execution.Start.Machine.RoleArn),
        ("updateDate", Seconds(run.Execution.StartedAt)));

    internal static string StatusOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.TimedOut => "TIMED_OUT",
        _ => status.ToString().ToUpperInvariant(),
    };

    internal static JsonValue Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;

    internal static JsonValue Seconds(long ticks) => Seconds(new DateTimeOffset(ticks, TimeSpan.Zero));
}
