using System.Globalization;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Refuses settings and contents that a distributed Map cannot have (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html).</summary>
internal static class DistributedMaps
{
    const int LongestLabel = 40;

    // An execution of an Express state machine ends after this time.
    static readonly TimeSpan ExpressLimit = TimeSpan.FromMinutes(5);

    const string NotInLabels = " \t\r\n?*<>{}[]:;,\\|^~$#%&`\"/";

    public static void Check(MapFlowNode map)
    {
        if (map.Distributed is not { } options) return;
        if (options.ToleratedFailures < 0) throw new WorkflowException($"'{map}' tolerates {options.ToleratedFailures.Value.ToString(CultureInfo.InvariantCulture)} failures: choose 0 or more.");
        if (options.ToleratedFailurePercentage is { } percentage and not (>= 0 and <= 100))
            throw new WorkflowException($"'{map}' tolerates failures of {percentage.ToString(CultureInfo.InvariantCulture)} % of its items: choose 0 to 100.");
        if (options.Label is { } label && (label.Length is 0 or > LongestLabel || label.Any(static c => NotInLabels.Contains(c, StringComparison.Ordinal))))
            throw new WorkflowException($"The label '{label}' of '{map}' is not one that a Map can have: use 1 to {LongestLabel.ToString(CultureInfo.InvariantCulture)} letters, digits, '-' and '_'.");
        if (options.Express) CheckExpress(map, map.Body);
    }

    static void CheckExpress(MapFlowNode map, FlowNode part)
    {
        if (What(part) is { } what)
            throw new WorkflowException($"The child executions of '{map}' are Express, but '{part}' {what}: leave out Express = true, or move it out of the Map.");
        foreach (var inner in part.Parts) CheckExpress(map, inner);
    }

    static string? What(FlowNode part) => part switch
    {
        CallbackFlowNode => "waits for a callback, which only a Standard execution can",
        StepFlowNode { Step.Metadata.Host: StepHost.Worker } => "runs in a worker, which only a Standard execution can call",
        NestedFlowNode { Waits: true } => "waits for another workflow, which only a Standard execution can",
        ServiceFlowNode { Action: var action } when action.Contains(".sync", StringComparison.Ordinal) => "waits for a job, which only a Standard execution can",
        ServiceFlowNode { Action: var action } when action.EndsWith(".waitForTaskToken", StringComparison.Ordinal) => "waits for a callback, which only a Standard execution can",
        MapFlowNode { Distributed: not null } => "is a distributed Map, which only a Standard execution can have",
        WaitFlowNode { Delay: { } delay } when delay >= ExpressLimit => $"takes {delay:c}, and an Express execution ends after {ExpressLimit:c}",
        _ => null,
    };
}
