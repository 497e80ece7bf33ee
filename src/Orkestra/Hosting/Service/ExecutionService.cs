using System.Buffers.Text;
using System.Globalization;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Running;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Service;

/// <summary>
/// The actions of AWS Step Functions that deal with executions, on the executions of a runtime: with the names, refusals and JSON shapes of the service
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html). Timestamps are seconds since 1970; inputs and outputs are JSON texts. Tasks that call these
/// actions use it too. Safe to use from any thread.
/// </summary>
/// <remarks>The actions are StartExecution, StartSyncExecution, DescribeExecution, ListExecutions, StopExecution, RedriveExecution, GetExecutionHistory,
/// DescribeStateMachineForExecution, ListMapRuns, DescribeMapRun, UpdateMapRun, SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat.</remarks>
public sealed class ExecutionService
{
    const int TokenBytes = 32;

    static readonly JsonObject Included = JsonObject.Create(("included", true));
    static readonly JsonObject Excluded = JsonObject.Create(("included", false));

    readonly OrkestraRuntime runtime;
    readonly MapRunActions mapRuns;

    /// <summary>The actions on the executions of a runtime.</summary>
    /// <param name="runtime">The runtime, which the caller disposes.</param>
    public ExecutionService(OrkestraRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        (this.runtime, mapRuns) = (runtime, new MapRunActions(runtime));
    }

    /// <summary>Whether an action is offered.</summary>
    /// <param name="action">The name of the action, such as <c>StartExecution</c>.</param>
    public static bool Offers(string action) => action is "StartExecution" or "StartSyncExecution" or "DescribeExecution" or "ListExecutions" or "StopExecution"
        or "RedriveExecution" or "GetExecutionHistory" or "DescribeStateMachineForExecution" or "ListMapRuns" or "DescribeMapRun" or "UpdateMapRun"
        or "SendTaskSuccess" or "SendTaskFailure" or "SendTaskHeartbeat";

    /// <summary>Answers a request.</summary>
    /// <param name="action">The name of the action, such as <c>StartExecution</c>.</param>
    /// <param name="request">The request, in the JSON shape of the action.</param>
    /// <param name="cancellationToken">Cancels the call before the action is carried out.</param>
    /// <returns>The response, in the JSON shape of the action.</returns>
    /// <exception cref="ServiceException">The service would refuse the request.</exception>
    /// <exception cref="ArgumentException">The action is not offered.</exception>
    /// <exception cref="ExecutionStoreException">The store of the runtime failed.</exception>
    public Task<JsonObject> CallAsync(string action, JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<JsonObject>(cancellationToken) : AnswerAsync(action, request);
    }

    async Task<JsonObject> AnswerAsync(string action, JsonObject request)
    {
        switch (action)
        {
            case "StartExecution": return await StartAsync(request).ConfigureAwait(false);
            case "StartSyncExecution":
                // A caller from outside does not hold the clock, so that it is held here.
                runtime.Clock.BeginWork();
                try
                {
                    return await StartSyncAsync(request, depth: 0).ConfigureAwait(false);
                }
                finally
                {
                    runtime.Clock.EndWork();
                }

            case "DescribeExecution": return WithIncludedData(request, Describe(await FindAsync(request).ConfigureAwait(false)));
            case "ListExecutions": return await ListAsync(request).ConfigureAwait(false);
            case "StopExecution": return await StopAsync(request).ConfigureAwait(false);
            case "RedriveExecution": return await RedriveAsync(request).ConfigureAwait(false);
            case "GetExecutionHistory": return await HistoryAsync(request).ConfigureAwait(false);
            case "DescribeStateMachineForExecution": return DescribeStateMachine(await FindAsync(request).ConfigureAwait(false));
            case "ListMapRuns": return MapRunActions.List(request, await FindAsync(request).ConfigureAwait(false));
            case "DescribeMapRun": return await mapRuns.DescribeAsync(request).ConfigureAwait(false);
            case "UpdateMapRun": return await mapRuns.UpdateAsync(request).ConfigureAwait(false);
            case "SendTaskSuccess":
                return Sent(await runtime.SendTaskSuccessAsync(RequestFields.Required(request, "taskToken"), RequestFields.OutputOf(request)).ConfigureAwait(false), request);
            case "SendTaskFailure":
                return Sent(await runtime.SendTaskFailureAsync(RequestFields.Required(request, "taskToken"), RequestFields.Optional(request, "error"), RequestFields.Optional(request, "cause"))
                    .ConfigureAwait(false), request);
            case "SendTaskHeartbeat": return Sent(await runtime.SendTaskHeartbeatAsync(RequestFields.Required(request, "taskToken")).ConfigureAwait(false), request);
            default: throw new ArgumentException($"The action '{action}' is not offered.", nameof(action));
        }
    }

    /// <summary>StartSyncExecution, asked for by a task that holds the clock.</summary>
    internal async Task<JsonObject> StartSyncAsync(JsonObject request, int depth)
    {
        var machine = Machine(RequestFields.Required(request, "stateMachineArn"));
        var input = RequestFields.InputOf(request);
        var trace = RequestFields.Optional(request, "traceHeader");
        if (machine.Type != StateMachineType.Express) throw NotSupported();
        var pump = await StartAsync(machine, input, RequestFields.Optional(request, "name"), depth, handsOver: true).ConfigureAwait(false);
        return WithIncludedData(request, SyncResponse(machine, await EndOfAsync(pump).ConfigureAwait(false), trace));
    }

    /// <summary>Waits for the end of an execution in a task that holds the clock.</summary>
    internal async Task<ExecutionResult> EndOfAsync(ExecutionPump pump)
    {
        pump.HandOver();
        var ended = pump.Completion();
        // The clock is not held while the other execution may wait for it.
        runtime.Clock.EndWork();
        try
        {
            return await ended.ConfigureAwait(false);
        }
        finally
        {
            if (!pump.WasHandedOver) runtime.Clock.BeginWork();
        }
    }

    /// <summary>Starts an execution of a state machine that need not be registered, with the service's refusals.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The execution's name; a UUID when null.</param>
    /// <returns>The execution, once its start is stored. Starting a running execution with the same name and the same input again returns that execution.</returns>
    /// <exception cref="ServiceException">Such as <c>ExecutionAlreadyExists</c>, <c>InvalidName</c> or <c>InvalidExecutionInput</c>.</exception>
    public async Task<ExecutionHandle> StartAsync(RegisteredStateMachine machine, JsonValue input, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(input);
        return new ExecutionHandle(runtime, await StartAsync(machine, input, name, depth: 0, handsOver: false).ConfigureAwait(false));
    }

    /// <summary>Starts an execution with the service's refusals.</summary>
    internal async Task<ExecutionPump> StartAsync(
        RegisteredStateMachine machine, JsonValue input, string? name, int depth, bool handsOver, string? startedBy = null, string? traceHeader = null)
    {
        if (name is not null && !Names.IsValid(name)) throw new ServiceException("InvalidName", $"Invalid Name: '{name}'");
        if (input.Utf8Length > machine.Quotas.MaxPayloadBytes)
        {
            throw new ServiceException(
                "ValidationException", $"1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to {machine.Quotas.MaxPayloadBytes}");
        }

        if (input.Depth > Execution.MaxDepth)
            throw new ServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: 'The input nests {input.Depth} levels deep; the limit is {Execution.MaxDepth}.'");
        try
        {
            return await runtime.StartAsync(machine, input, name, depth, handsOver, startedBy, traceHeader).ConfigureAwait(false);
        }
        catch (ExecutionExistsException exists)
        {
            throw new ServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{exists.ExecutionArn}'");
        }
    }

    /// <summary>The state machine to start: the current one, a version, or the version an alias chooses.</summary>
    internal RegisteredStateMachine Machine(string arn) =>
        runtime.StateMachines.Find(ResourceArn.Parse(arn, ResourceArn.StateMachine).EnsureNoLabel().Text) ?? throw new ServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    /// <summary>An execution as DescribeExecution shows it.</summary>
    /// <param name="execution">The execution, or its end.</param>
    public static JsonObject Describe(ExecutionSnapshot execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var response = Summary(20, execution.Arn, execution.StateMachineArn, execution.Name, execution.Status, execution.StartTime, execution.StopTimeOrNull);
        SetOutcome(response, execution);
        if (execution.Start.Parent is { } parent) response.Set("mapRunArn", parent.MapRunArn);
        SetQualifiers(response, execution.Start.Machine.VersionArn, execution.Start.Machine.AliasArn);
        if (execution.Start.TraceHeader is { } trace) response.Set("traceHeader", trace);
        response.Set("redriveCount", execution.RedriveCount);
        if (execution.RedriveTime is { } redriven) response.Set("redriveDate", RequestFields.Seconds(redriven));
        response.Set("redriveStatus", execution.RedriveRefusal is null ? "REDRIVABLE" : "NOT_REDRIVABLE");
        if (execution.RedriveRefusal is { } reason) response.Set("redriveStatusReason", reason);
        return response.Build();
    }

    /// <summary>The execution that a request names by <c>executionArn</c>; a Standard one.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The execution as it was after its last commit.</returns>
    /// <exception cref="ServiceException"><c>ExecutionDoesNotExist</c>, or <c>InvalidArn</c>, or <c>ValidationException</c> when the request does not name one.</exception>
    public async Task<ExecutionSnapshot> FindAsync(JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var arn = ResourceArn.Parse(RequestFields.Required(request, "executionArn"), ResourceArn.Execution).Text;
        return await runtime.FindAsync(arn).ConfigureAwait(false) ?? throw new ServiceException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
    }

    async Task<JsonObject> StartAsync(JsonObject request)
    {
        var machine = Machine(RequestFields.Required(request, "stateMachineArn"));
        var trace = RequestFields.Optional(request, "traceHeader");
        var pump = await StartAsync(machine, RequestFields.InputOf(request), RequestFields.Optional(request, "name"), depth: 0, handsOver: false, traceHeader: trace).ConfigureAwait(false);
        return JsonObject.Create(("executionArn", pump.Start.ResolveArn()), ("startDate", RequestFields.Seconds(pump.Snapshot!.StartTime)));
    }

    async Task<JsonObject> ListAsync(JsonObject request)
    {
        var filter = RequestFields.Optional(request, "statusFilter");
        ExecutionStatus? status = filter switch
        {
            null or "PENDING_REDRIVE" => null,
            "RUNNING" => ExecutionStatus.Running,
            "SUCCEEDED" => ExecutionStatus.Succeeded,
            "FAILED" => ExecutionStatus.Failed,
            "TIMED_OUT" => ExecutionStatus.TimedOut,
            "ABORTED" => ExecutionStatus.Aborted,
            _ => throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value '{filter}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]"),
        };
        if (RequestFields.Optional(request, "mapRunArn") is not null)
        {
            return RequestFields.Optional(request, "stateMachineArn") is null ? await mapRuns.ListChildrenAsync(request, filter).ConfigureAwait(false)
                : throw new ServiceException("ValidationException", "Only one of stateMachineArn and mapRunArn can be specified");
        }

        var arn = ResourceArn.Parse(
            RequestFields.Optional(request, "stateMachineArn") ?? throw new ServiceException("ValidationException", "Must provide a StateMachine ARN or MapRun ARN"), ResourceArn.StateMachine);
        var machine = runtime.StateMachines.Find(arn.Unqualified) ?? throw new ServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn.Text}'");
        if (machine.Type == StateMachineType.Express) throw NotSupported();
        var query = new ExecutionQuery
        {
            StateMachineArn = machine.Arn,
            StateMachineVersionArn = arn.Version is null ? null : arn.Text,
            StateMachineAliasArn = arn.Qualifier is null || arn.Version is not null ? null : arn.Text,
            IsRedriven = RequestFields.Optional(request, "redriveFilter") is { } redriven ? redriven == "REDRIVEN" : null,
            StartedFrom = machine.ExecutionsSince,
            Status = status,
        };
        // Only child executions of a Map Run wait for their redrive.
        return filter == "PENDING_REDRIVE" ? JsonObject.Create(("executions", JsonArray.Empty)) : await PageOfAsync(request, query, $"ListExecutions {arn.Text} {status} {query.IsRedriven}").ConfigureAwait(false);
    }

    async Task<JsonObject> PageOfAsync(JsonObject request, ExecutionQuery query, string question)
    {
        var most = RequestFields.MaxResults(request);
        var found = new List<ExecutionRecord>();
        var next = PageToken.Read(question, RequestFields.Optional(request, "nextToken"));
        do
        {
            var page = await runtime.QueryAsync(query with { Limit = most - found.Count, PageToken = next }).ConfigureAwait(false);
            // A store may look at fewer conditions than there are.
            found.AddRange(page.Executions.Where(query.Matches));
            next = page.NextToken;
        }
        while (next is not null && found.Count < most);

        var response = JsonObject.Create(("executions", JsonArray.Create(found.Select(ToEntry))));
        return next is null ? response : response.With("nextToken", PageToken.Write(question, next));
    }

    // What the description of an execution and its entry in a list begin with.
    static JsonObject.Builder Summary(int members, string arn, string stateMachineArn, string name, ExecutionStatus status, DateTimeOffset start, DateTimeOffset? stop)
    {
        var summary = new JsonObject.Builder(members)
            .Set("executionArn", arn)
            .Set("stateMachineArn", stateMachineArn)
            .Set("name", name)
            .Set("status", ExecutionStatusName.Of(status))
            .Set("startDate", RequestFields.Seconds(start));
        if (stop is { } stopped) summary.Set("stopDate", RequestFields.Seconds(stopped));
        return summary;
    }

    static JsonObject ToEntry(ExecutionRecord execution)
    {
        var entry = Summary(10, execution.Arn, execution.StateMachineArn, execution.Name, execution.Status, execution.StartTime, execution.StopTime);
        SetQualifiers(entry, execution.StateMachineVersionArn, execution.StateMachineAliasArn);
        entry.Set("redriveCount", execution.RedriveCount);
        if (execution.RedriveTime is { } redriven) entry.Set("redriveDate", RequestFields.Seconds(redriven));
        return entry.Build();
    }

    async Task<JsonObject> StopAsync(JsonObject request)
    {
        var found = await FindAsync(request).ConfigureAwait(false);
        await runtime.StopAsync(found.Arn, RequestFields.Optional(request, "error"), RequestFields.Optional(request, "cause")).ConfigureAwait(false);
        var stopped = await runtime.FindAsync(found.Arn).ConfigureAwait(false);
        return JsonObject.Create(("stopDate", RequestFields.Seconds(stopped?.StopTimeOrNull ?? runtime.Clock.TimeProvider.GetUtcNow())));
    }

    async Task<JsonObject> RedriveAsync(JsonObject request)
    {
        var found = await FindAsync(request).ConfigureAwait(false);
        if (found.RedriveRefusal is { } reason) throw new ServiceException("ExecutionNotRedrivable", reason);
        var redriven = runtime.Clock.TimeProvider.GetUtcNow();
        await runtime.RedriveAsync(found.Arn).ConfigureAwait(false);
        return JsonObject.Create(("redriveDate", RequestFields.Seconds(redriven)));
    }

    async Task<JsonObject> HistoryAsync(JsonObject request)
    {
        var found = await FindAsync(request).ConfigureAwait(false);
        var most = RequestFields.MaxResults(request);
        var isReversed = RequestFields.Flag(request, "reverseOrder");
        var question = $"GetExecutionHistory {found.Arn} {isReversed}";
        var first = PageToken.Read(question, RequestFields.Optional(request, "nextToken")) is { } position
            ? int.Parse(position, CultureInfo.InvariantCulture) : isReversed ? found.History.Count : 1;
        var range = new HistoryRange(first, most, isReversed);
        var events = found.History.FirstKept == 0 ? range.Of(found.History) : await runtime.ReadHistoryAsync(found.Arn, range).ConfigureAwait(false);
        var includes = RequestFields.Flag(request, "includeExecutionData", otherwise: true);
        var response = JsonObject.Create(("events", JsonArray.Create(events.Select(happened => includes ? happened.ToJson() : LogRecord.WithoutData(happened)))));
        var next = isReversed ? first - most : first + most;
        return next >= 1 && next <= found.History.Count ? response.With("nextToken", PageToken.Write(question, next.ToString(CultureInfo.InvariantCulture))) : response;
    }

    // The service bills by the duration, rounded up to 100 ms, and by memory in steps of 64 MB.
    static JsonObject SyncResponse(RegisteredStateMachine machine, ExecutionResult ended, string? trace)
    {
        var billed = (long)Math.Ceiling((ended.StopTime - ended.StartTime).TotalMilliseconds / 100) * 100;
        var response = new JsonObject.Builder(14)
            .Set("executionArn", ended.Arn)
            .Set("stateMachineArn", machine.Arn)
            .Set("name", ended.Name)
            .Set("startDate", RequestFields.Seconds(ended.StartTime))
            .Set("stopDate", RequestFields.Seconds(ended.StopTime))
            .Set("status", ExecutionStatusName.Of(ended.Status));
        SetOutcome(response, ended);
        if (trace is not null) response.Set("traceHeader", trace);
        return response.Set("billingDetails", JsonObject.Create(("billedMemoryUsedInMB", 64), ("billedDurationInMilliseconds", Math.Max(billed, 100)))).Build();
    }

    static void SetOutcome(JsonObject.Builder response, ExecutionSnapshot execution)
    {
        if (execution.Error is { } error) response.Set("error", error);
        if (execution.Cause is { } cause) response.Set("cause", cause);
        response.Set("input", execution.Input.ToJson()).Set("inputDetails", Included);
        if (execution.Output is { } output) response.Set("output", output.ToJson()).Set("outputDetails", Included);
    }

    static JsonObject DescribeStateMachine(ExecutionSnapshot execution) => JsonObject.Create(
        ("stateMachineArn", execution.StateMachineArn),
        ("name", execution.Start.Machine.Name),
        ("definition", Asl.AslWriter.Write(execution.Plan.Machine, indented: false)),
        ("roleArn", execution.Start.Machine.RoleArn),
        ("updateDate", RequestFields.Seconds(execution.StartTime)));

    // What is asked for when a key cannot be used: everything but the data.
    static JsonObject WithIncludedData(JsonObject request, JsonObject response)
    {
        if (RequestFields.Optional(request, "includedData") != "METADATA_ONLY") return response;
        foreach (var (data, details) in (ReadOnlySpan<(string, string)>)[("input", "inputDetails"), ("output", "outputDetails")])
        {
            if (response.ContainsKey(data)) response = response.Without(data).With(details, Excluded);
        }

        return response;
    }

    static void SetQualifiers(JsonObject.Builder json, string? versionArn, string? aliasArn)
    {
        if (versionArn is not null) json.Set("stateMachineVersionArn", versionArn);
        if (aliasArn is not null) json.Set("stateMachineAliasArn", aliasArn);
    }

    // A token is 32 bytes in base 64. One that no task has any more was given out once.
    static JsonObject Sent(bool isKnown, JsonObject request)
    {
        if (isKnown) return JsonObject.Empty;
        var token = RequestFields.Required(request, "taskToken");
        throw Base64.IsValid(token, out var bytes) && bytes == TokenBytes
            ? new ServiceException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'") : RequestFields.InvalidToken();
    }

    static ServiceException NotSupported() => new("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}
