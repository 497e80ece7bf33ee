using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>How one child execution of a distributed Map ended, as its result files say it.</summary>
internal sealed record ChildResult
{
    internal required string ExecutionArn { get; init; }

    internal required string StateMachineArn { get; init; }

    internal required string Name { get; init; }

    /// <summary><c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c>, <c>ABORTED</c> or <c>PENDING</c>.</summary>
    internal required string Status { get; init; }

    internal required JsonValue Input { get; init; }

    internal JsonValue? Output { get; init; }

    internal string? Error { get; init; }

    internal string? Cause { get; init; }

    internal DateTimeOffset? Started { get; init; }

    internal DateTimeOffset? Stopped { get; init; }

    /// <summary>What is known of a child that ended.</summary>
    /// <param name="start">What it began with.</param>
    /// <param name="output">Its output; only read when it succeeded.</param>
    /// <param name="ending">How it ended.</param>
    internal static ChildResult Of(ExecutionStart start, JsonValue? output, ChildEnding ending) => new()
    {
        ExecutionArn = start.ResolveArn(),
        StateMachineArn = start.Machine.StateMachineArn,
        Name = start.ResolveName(),
        Status = ExecutionStatusName.Of(ending.Status),
        Input = start.Input,
        Output = ending.Status == ExecutionStatus.Succeeded ? output : null,
        Error = ending.Error,
        Cause = ending.Cause,
        Started = ending.StartTime,
        Stopped = ending.StopTime,
    };

    /// <summary>The metadata a result file holds; inputs and outputs are JSON texts there.</summary>
    internal JsonObject ToMetadata()
    {
        var metadata = new JsonObject.Builder(14);
        if (Cause is not null) metadata.Set("Cause", Cause);
        if (Error is not null) metadata.Set("Error", Error);
        metadata.Set("ExecutionArn", ExecutionArn).Set("Input", Input.ToJson()).Set("InputDetails", Included).Set("Name", Name);
        if (Output is not null) metadata.Set("Output", Output.ToJson()).Set("OutputDetails", Included);
        metadata.Set("RedriveCount", 0).Set("RedriveStatus", Status == "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN");
        if (Status == "SUCCEEDED") metadata.Set("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        if (Started is { } started) metadata.Set("StartDate", Timestamps.ToJson(started.UtcTicks));
        metadata.Set("StateMachineArn", StateMachineArn).Set("Status", Status);
        if (Stopped is { } stopped) metadata.Set("StopDate", Timestamps.ToJson(stopped.UtcTicks));
        return metadata.Build();
    }

    static readonly JsonObject Included = JsonObject.Create(("Included", true));
}
