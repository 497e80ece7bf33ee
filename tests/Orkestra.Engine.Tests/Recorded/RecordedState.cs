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
        while (execution.Commands.TryTake(out var command)) commands.Add(Of(command));
        if (commands.Count > 0) json.Set("commands", JsonArray.Create(commands));
        return json.Build();
    }

    static JsonObject Of(ExecutionCommand command)
    {
        var json = new JsonObject.Builder(12).Set("command", command.GetType().Name).Set("slot", command.Task.Slot).Set("generation", command.Task.Generation);
        switch (command)
        {
            case InvokeTask task:
                json.Set("state", task.StateName).Set("resource", task.Resource.Text).Set("input", task.Input).Set("attempt", task.Attempt).Set("entered", task.EnteredEventId);
                if (task.Limits?.TimeoutSeconds is { } timeout) json.Set("timeout", timeout);
                if (task.Limits?.HeartbeatSeconds is { } heartbeat) json.Set("heartbeat", heartbeat);
                if (task.Limits?.Credentials is { } credentials) json.Set("credentials", credentials);
                if (task.Token is { } token) json.Set("token", token);
                if (task.IsSubmitted) json.Set("submitted", true);
                if (task.IsOffered) json.Set("offered", true);
                break;
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
