using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.History;

/// <summary>Makes of a kept record what AWS calls the event's details.</summary>
internal static class HistoryDetails
{
    static readonly JsonObject NotTruncated = JsonObject.Create(("truncated", false));

    internal static StateNode? StateOf(in HistoryRecord record) => record.Subject switch
    {
        StateNode state => state,
        ExitDetails exit => exit.State,
        ScheduleDetails schedule => schedule.Task,
        _ => null,
    };

    /// <summary>The name of the field the details are in; null when there are none.</summary>
    internal static string? NameOf(HistoryEventType type)
    {
        var name = type.ToString();
        if (name.EndsWith("StateEntered", StringComparison.Ordinal)) return "stateEnteredEventDetails";
        if (name.EndsWith("StateExited", StringComparison.Ordinal)) return "stateExitedEventDetails";
        return type switch
        {
            HistoryEventType.LambdaFunctionStarted or HistoryEventType.MapStateSucceeded or HistoryEventType.MapStateFailed or HistoryEventType.MapStateAborted
                or HistoryEventType.ParallelStateStarted or HistoryEventType.ParallelStateSucceeded or HistoryEventType.ParallelStateFailed
                or HistoryEventType.ParallelStateAborted or HistoryEventType.TaskStateAborted or HistoryEventType.WaitStateAborted
                or HistoryEventType.MapRunSucceeded or HistoryEventType.MapRunAborted => null,
            _ => $"{char.ToLowerInvariant(name[0])}{name.AsSpan(1)}EventDetails",
        };
    }

    internal static JsonObject Make(in HistoryRecord record)
    {
        var details = new JsonObject.Builder(5);
        var state = StateOf(record);
        switch (record.Type)
        {
            case HistoryEventType.ExecutionStarted:
                Text(details, "input", record.Value);
                details.Set("roleArn", ((ExecutionStart)record.Subject!).Machine.RoleArn);
                break;
            case HistoryEventType.ExecutionSucceeded:
                Text(details, "output", record.Value);
                break;
            case HistoryEventType.ExecutionRedriven:
                details.Set("redriveCount", record.Number);
                break;
            case HistoryEventType.MapStateStarted:
                details.Set("length", record.Number);
                break;
            case HistoryEventType.MapIterationStarted or HistoryEventType.MapIterationSucceeded
                or HistoryEventType.MapIterationFailed or HistoryEventType.MapIterationAborted:
                details.Set("index", record.Number).Set("name", state!.Name);
                break;
            case HistoryEventType.MapRunRedriven:
                details.Set("mapRunArn", (JsonValue)record.Value!).Set("redriveCount", record.Number);
                break;
            case HistoryEventType.MapRunStarted:
                details.Set("mapRunArn", (JsonValue)record.Value!);
                break;
            case HistoryEventType.EvaluationFailed:
                Failed(details, record.Value);
                if (((ExecutionFailure)record.Value!).Location is { } location) details.Set("location", location);
                details.Set("state", state!.Name);
                break;
            case HistoryEventType.LambdaFunctionScheduled or HistoryEventType.ActivityScheduled:
                Text(details, "input", record.Value);
                details.Set("resource", ((TaskNode)state!).Resource.Text);
                Schedule(details, record.Subject);
                break;
            case HistoryEventType.TaskScheduled:
                var scheduled = (TaskNode)state!;
                details.Set("parameters", ((JsonValue)record.Value!).ToJson()).Set("region", scheduled.Region);
                Resource(details, scheduled);
                Schedule(details, record.Subject);
                break;
            case HistoryEventType.TaskStarted:
                Resource(details, (TaskNode)state!);
                break;
            case HistoryEventType.TaskSubmitted or HistoryEventType.TaskSucceeded:
                Text(details, "output", record.Value);
                Resource(details, (TaskNode)state!);
                break;
            case HistoryEventType.TaskFailed or HistoryEventType.TaskTimedOut or HistoryEventType.TaskStartFailed or HistoryEventType.TaskSubmitFailed:
                Failed(details, record.Value);
                Resource(details, (TaskNode)state!);
                break;
            case HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded:
                Text(details, "output", record.Value);
                break;
            case HistoryEventType.ActivityStarted:
                if (record.Value is string worker) details.Set("workerName", worker);
                break;
            default:
                Others(details, record, state);
                break;
        }

        return details.Build();
    }

    static void Others(JsonObject.Builder details, in HistoryRecord record, StateNode? state)
    {
        if (state is not null && record.Type == state.ExitedType && state.Kind != StateKind.Fail)
        {
            details.Set("name", state.Name);
            Text(details, "output", record.Value);
            if (record.Subject is ExitDetails exit) Assigned(details, exit.Assigned);
        }
        else if (state is not null && record.Type == state.EnteredType)
        {
            details.Set("name", state.Name);
            Text(details, "input", record.Value);
        }
        else if (NameOf(record.Type) is not null)
        {
            Failed(details, record.Value);
        }
    }

    static void Assigned(JsonObject.Builder details, JsonObject variables)
    {
        var texts = new JsonObject.Builder(variables.Count);
        foreach (var (name, value) in variables) texts.Set(name, value.ToJson());
        details.Set("assignedVariables", texts.Build()).Set("assignedVariablesDetails", NotTruncated);
    }

    static void Text(JsonObject.Builder details, string name, object? value) =>
        details.Set(name, ((JsonValue)value!).ToJson()).Set($"{name}Details", NotTruncated);

    static void Failed(JsonObject.Builder details, object? value)
    {
        if (value is not ExecutionFailure failure) return;
        if (failure.Error is not null) details.Set("error", failure.Error);
        if (failure.Cause is not null) details.Set("cause", failure.Cause);
    }

    static void Resource(JsonObject.Builder details, TaskNode task) => details.Set("resourceType", task.Resource.Service).Set("resource", task.Resource.Action);

    static void Schedule(JsonObject.Builder details, object? subject)
    {
        if (subject is not ScheduleDetails { Limits: var limits }) return;
        if (limits.TimeoutSeconds is { } timeout) details.Set("timeoutInSeconds", timeout);
        if (limits.HeartbeatSeconds is { } heartbeat) details.Set("heartbeatInSeconds", heartbeat);
        if (limits.Credentials is { } credentials)
            details.Set("taskCredentials", JsonObject.Create(("roleArn", credentials["RoleArn"] ?? credentials)));
    }
}
