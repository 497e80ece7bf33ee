using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Service;

// Map Runs and their child executions.
public sealed partial class ExecutionService
{
    JsonObject ListMapRuns(JsonObject request)
    {
        var runs = Standard(ExecutionOf(request)).ReadMapRuns().Select(run =>
        {
            var entry = JsonObject.Create(
                ("executionArn", run.ExecutionArn), ("mapRunArn", run.Arn), ("stateMachineArn", run.StateMachineArn), ("startDate", Seconds(run.StartTime)));
            return run.StopTime is { } stopped ? entry.With("stopDate", Seconds(stopped)) : entry;
        });
        return Pages.Of(request, "mapRuns", [.. runs]);
    }

    JsonObject DescribeMapRun(JsonObject request) => OwnerOf(request, out var run).ReadMapRuns().First(known => known.Arn == run).ToJson();

    JsonObject UpdateMapRun(JsonObject request)
    {
        var owner = OwnerOf(request, out var run);
        var limits = new JsonObject.Builder();
        Limit("maxConcurrency", 0, int.MaxValue);
        Limit("toleratedFailureCount", 0, long.MaxValue);
        Limit("toleratedFailurePercentage", 0, 100);
        owner.UpdateMapRun(run, limits.Build());
        return JsonObject.Empty;

        void Limit(string name, double least, double most)
        {
            if (((JsonValue)request)[name] is not JsonNumber number) return;
            if (number.Value < least || number.Value > most)
                throw new ServiceException("ValidationException", $"1 validation error detected: Value '{number.ToJson()}' at '{name}' failed to satisfy constraint: Member must have value {(number.Value < least ? $"greater than or equal to {least}" : $"less than or equal to {most}")}");
            limits.Set(name, number);
        }
    }

    IEnumerable<JsonObject> ChildrenOf(JsonObject request)
    {
        var children = OwnerOf(request, out var run).ReadChildren(run) ?? [];
        return children.Select(child =>
        {
            var entry = JsonObject.Create(
                ("executionArn", Execution.ArnOf(child.Start)), ("stateMachineArn", child.Start.Machine.StateMachineArn), ("name", Execution.NameOf(child.Start)),
                ("status", StatusOf(child.Status)), ("startDate", Seconds(child.Ending?.Started ?? runner.UtcTicks)), ("mapRunArn", run), ("itemCount", child.Items),
                ("redriveCount", child.Start.Type == StateMachineType.Express ? 0 : child.Start.Parent!.Redrives));
            return child.Ending is { } ending ? entry.With("stopDate", Seconds(ending.Stopped)) : entry;
        });
    }

    ExecutionRun OwnerOf(JsonObject request, out string mapRunArn)
    {
        var arn = mapRunArn = Names.Required(request, "mapRunArn");
        ExecutionRun[] all;
        lock (gate) all = [.. executions.Values];
        return Array.Find(all, run => run.ReadMapRuns().Any(known => known.Arn == arn))
            ?? throw new ServiceException("ResourceNotFound", $"Resource not found: '{arn}'");
    }
}
