using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Service;

/// <summary>The actions of the service that deal with Map Runs and their child executions.</summary>
internal sealed class MapRunActions(OrkestraRuntime runtime)
{
    internal static JsonObject List(JsonObject request, ExecutionSnapshot execution)
    {
        var runs = execution.MapRuns.Select(run =>
        {
            var entry = JsonObject.Create(
                ("executionArn", run.ExecutionArn), ("mapRunArn", run.Arn), ("stateMachineArn", run.StateMachineArn), ("startDate", RequestFields.Seconds(run.StartTime)));
            return run.StopTime is { } stopped ? entry.With("stopDate", RequestFields.Seconds(stopped)) : entry;
        });
        return RequestFields.Page(request, $"ListMapRuns {execution.Arn}", "mapRuns", runs.Select((run, index) => (index, run)));
    }

    internal async Task<JsonObject> DescribeAsync(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "mapRunArn"), ResourceArn.MapRun).Text;
        var owner = await OwnerOfAsync(arn).ConfigureAwait(false);
        return owner.MapRuns.First(run => run.Arn == arn).ToJson();
    }

    internal async Task<JsonObject> UpdateAsync(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "mapRunArn"), ResourceArn.MapRun).Text;
        var owner = await OwnerOfAsync(arn).ConfigureAwait(false);
        var limits = new JsonObject.Builder();
        Limit("maxConcurrency", 0, int.MaxValue);
        Limit("toleratedFailureCount", 0, long.MaxValue);
        Limit("toleratedFailurePercentage", 0, 100);
        if (await runtime.GetAsync(owner.Arn, CancellationToken.None).ConfigureAwait(false) is { } pump)
            await pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.MapRunUpdated, runtime.Clock.UtcTicks, value: limits.Build(), cause: arn)).ConfigureAwait(false);
        return JsonObject.Empty;

        void Limit(string name, double least, double most)
        {
            if (((JsonValue)request)[name] is not JsonNumber number) return;
            if (number.Value < least || number.Value > most)
                throw new ServiceException("ValidationException", $"1 validation error detected: Value '{number.ToJson()}' at '{name}' failed to satisfy constraint: Member must have value {(number.Value < least ? $"greater than or equal to {least}" : $"less than or equal to {most}")}");
            limits.Set(name, number);
        }
    }

    internal async Task<JsonObject> ListChildrenAsync(JsonObject request, string? statusFilter)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "mapRunArn"), ResourceArn.MapRun).Text;
        var owner = await OwnerOfAsync(arn).ConfigureAwait(false);
        var run = owner.MapRuns.First(run => run.Arn == arn);
        var entries = new List<JsonObject>();
        foreach (var child in owner.ChildrenOf(arn) ?? [])
        {
            var childArn = child.Start.ResolveArn();
            // The Map Run knows the end of a child that it waited for. One that runs, or that a failure cut, is asked itself.
            var record = child.Ending is null ? await runtime.FindRecordAsync(childArn).ConfigureAwait(false) : null;
            // A child that was to start when the failure came is not stored: it never was.
            if (child.Ending is null && record is null && runtime.Options.Store is not null && child.Start.Type == StateMachineType.Standard) continue;
            var status = record?.Status ?? child.Status;
            var entry = JsonObject.Create(
                ("executionArn", childArn), ("stateMachineArn", child.Start.Machine.StateMachineArn), ("name", child.Start.ResolveName()),
                ("status", ExecutionStatusName.Of(status)), ("startDate", RequestFields.Seconds(child.Ending?.StartTime ?? record?.StartTime ?? run.StartTime)), ("mapRunArn", arn), ("itemCount", child.Items),
                ("redriveCount", child.Start.Type == StateMachineType.Express ? 0 : child.Start.Parent!.Redrives));
            var stopped = status == ExecutionStatus.Running ? null : child.Ending?.StopTime ?? record?.StopTime ?? run.StopTime;
            entries.Add(stopped is { } stop ? entry.With("stopDate", RequestFields.Seconds(stop)) : entry);
        }

        var redriveFilter = RequestFields.Optional(request, "redriveFilter");
        return RequestFields.Page(
            request, $"ListExecutions {arn} {statusFilter} {redriveFilter}", "executions",
            entries.Select((entry, index) => (index, entry)).Where(numbered => IsWanted(numbered.entry)));

        bool IsWanted(JsonObject entry) => (statusFilter is null || ((JsonValue)entry)["status"] == (JsonValue)statusFilter)
            && (redriveFilter is null || ((JsonValue)entry)["redriveCount"] is JsonNumber { Value: > 0 } == (redriveFilter == "REDRIVEN"));
    }

    // The owner's machine and the Map's label are in the ARN of a Map Run, and the owner is found among the executions in memory or, after a restart, in the store.
    async Task<ExecutionSnapshot> OwnerOfAsync(string arn)
    {
        return await runtime.FindMapRunOwnerAsync(arn).ConfigureAwait(false) ?? throw new ServiceException("ResourceNotFound", $"Resource not found: '{arn}'");
    }
}
