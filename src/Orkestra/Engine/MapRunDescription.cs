using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// How a Map Run stands: the child executions of one visit to a distributed Map
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html).
/// </summary>
public sealed record MapRunDescription
{
    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The execution it belongs to.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>The state machine its child executions seem to be of: that of the execution, followed by the Map's label.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Running, succeeded, failed or aborted.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>How many child executions may run side by side; 0 for as many as the quota allows.</summary>
    public long MaxConcurrency { get; init; }

    /// <summary>How many items may fail.</summary>
    public long ToleratedFailureCount { get; init; }

    /// <summary>How many items may fail, in percent.</summary>
    public double ToleratedFailurePercentage { get; init; }

    /// <summary>How the items stand.</summary>
    public required MapRunCounts ItemCounts { get; init; }

    /// <summary>How the child executions stand: one for each item, or for each batch.</summary>
    public required MapRunCounts ExecutionCounts { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven, UTC; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>As DescribeMapRun gives it; timestamps are seconds since 1970.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder(12)
            .Set("mapRunArn", Arn)
            .Set("executionArn", ExecutionArn)
            .Set("status", Status.ToString().ToUpperInvariant())
            .Set("startDate", Seconds(StartTime));
        if (StopTime is { } stopped) json.Set("stopDate", Seconds(stopped));
        json.Set("maxConcurrency", MaxConcurrency)
            .Set("toleratedFailurePercentage", ToleratedFailurePercentage)
            .Set("toleratedFailureCount", ToleratedFailureCount)
            .Set("itemCounts", ItemCounts.ToJson())
            .Set("executionCounts", ExecutionCounts.ToJson())
            .Set("redriveCount", RedriveCount);
        if (RedriveTime is { } redriven) json.Set("redriveDate", Seconds(redriven));
        return json.Build();
    }

    static JsonValue Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
