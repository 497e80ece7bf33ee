using Orkestra.Engine.Commands;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>What an execution waits for, or how it ended, as JSON.</summary>
static class RecordedState
{
    /// <summary>Describes an execution and takes its commands.</summary>
    public static JsonObject Of(Execution execution)
    {
        var json = new JsonObject.Builder(8).Set("status", execution.Status.ToString());
        if (execution.Output is { } output) json.Set("output", output);
        if (execution.Failure?.Error is { } error) json.Set("error", error);
        if (execution.Failure?.Cause is { } cause) json.Set("cause", cause);
        if (execution.NextDue is { } due) json.Set("due", due);
        if (execution.NeedsContinuation) json.Set("continues", true);
        var commands = new List<JsonValue>();
        while (execution.CommandCount > 0)
        {
            if (execution.Commands.TryTakeTask(execution, out var task)) commands.Add(Of(task));
            else if (execution.Commands.TryTake(execution, out var command)) commands.Add(Of(command));
        }

        if (commands.Count > 0) json.Set("commands", JsonArray.Create(commands));
        return json.Build();
    }

    static JsonObject.Builder Begin(string name, TaskId task) => new JsonObject.Builder(12).Set("command", name).Set("slot", task.Slot).Set("generation", task.Generation);

    static JsonObject Of(in InvokeTask task)
    {
        var json = Begin(nameof(InvokeTask), task.Task)
            .Set("state", task.Target.StateName).Set("resource", task.Target.Resource.Text).Set("input", task.Input).Set("attempt", task.Attempt).Set("entered", task.EnteredEventId);
        if (task.Terms is not { } terms) return json.Build();
        if (terms.Limits?.TimeoutSeconds is { } timeout) json.Set("timeout", timeout);
        if (terms.Limits?.HeartbeatSeconds is { } heartbeat) json.Set("heartbeat", heartbeat);
        if (terms.Limits?.Credentials is { } credentials) json.Set("credentials", credentials);
        if (terms.Token is { } token) json.Set("token", token);
        if (terms.IsSubmitted) json.Set("submitted", true);
        if (terms.IsOffered) json.Set("offered", true);
        return json.Build();
    }

    static JsonObject Of(ExecutionCommand command)
    {
        var json = Begin(command.GetType().Name, command.Task);
        switch (command)
        {
            case ReadItems read:
                json.Set("state", read.StateName).Set("resource", read.Resource).Set("arguments", read.Arguments).Set("maxItems", read.MaxItems);
                break;
            case StartChild child:
                json.Set("state", child.StateName).Set("mapRun", child.MapRunArn).Set("index", child.Index).Set("input", child.Start.Input).Set("name", child.Start.ResolveName())
                    .Set("redrives", child.Redrives);
                break;
            case WriteResults write:
                json.Set("state", write.StateName).Set("mapRun", write.MapRunArn).Set("arguments", write.Arguments)
                    .Set("children", JsonArray.Create(write.Children.Select(child => (JsonValue)child.Ending.Status.ToString())));
                break;
            case StopChildren stop:
                json.Set("mapRun", stop.MapRunArn);
                break;
            default:
                break;
        }

        return json.Build();
    }
}
