namespace Orkestra.Authoring;

/// <summary>
/// Runs the iterations of a Map as child executions of their own, up to 10,000 at a time, each with its own history
/// (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html).
/// </summary>
public sealed record DistributedMapOptions
{
    /// <summary>Whether the child executions are of the type EXPRESS (at most five minutes, cheaper) instead of STANDARD. False by default.</summary>
    public bool Express { get; init; }

    /// <summary>How many items may fail before the Map fails, or null for none. The outputs of failed items are missing from the result.</summary>
    public int? ToleratedFailures { get; init; }

    /// <summary>How many percent of the items may fail before the Map fails, 0 to 100, or null for none.</summary>
    public double? ToleratedFailurePercentage { get; init; }

    /// <summary>A short name for the Map Run, at most 40 characters, or null for one made up.</summary>
    public string? Label { get; init; }
}
