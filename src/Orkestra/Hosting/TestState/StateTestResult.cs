using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>How a tested state ended.</summary>
public sealed record StateTestResult
{
    /// <summary>How it ended.</summary>
    public required StateTestStatus Status { get; init; }

    /// <summary>The output of a state that succeeded or whose error was caught; null otherwise.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The error's name; null when there is no error, or it has no name.</summary>
    public string? Error { get; init; }

    /// <summary>The error's description; null when there is no error, or it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>The state that would follow; null when none does.</summary>
    public string? NextState { get; init; }

    /// <summary>What became of the data; null at <see cref="InspectionLevel.Info"/>.</summary>
    public InspectionData? InspectionData { get; init; }

    /// <summary>As the service answers, except that values are JSON instead of JSON text.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder(6);
        if (Output is not null) json.Set("output", Output);
        if (Error is not null) json.Set("error", Error);
        if (Cause is not null) json.Set("cause", Cause);
        if (InspectionData is not null) json.Set("inspectionData", InspectionData.ToJson());
        if (NextState is not null) json.Set("nextState", NextState);
        return json.Set("status", Status switch
        {
            StateTestStatus.Succeeded => "SUCCEEDED",
            StateTestStatus.Failed => "FAILED",
            StateTestStatus.Retriable => "RETRIABLE",
            _ => "CAUGHT_ERROR",
        }).Build();
    }
}
