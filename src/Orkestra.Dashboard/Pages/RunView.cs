using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Dashboard.Runs;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Pages;

/// <summary>What the page of a run shows: all its parts are about the same snapshot and the same selected state.</summary>
internal sealed class RunView
{
    internal const int EventsPerPage = 200;
    const int SameMoment = 20;

    internal required RunState Run { get; init; }

    /// <summary>The visit the drawer is about; null when none is selected.</summary>
    internal RunVisit? Selected { get; init; }

    /// <summary>The state the drawer is about. It may not have been visited.</summary>
    internal string? SelectedState { get; init; }

    internal required string Svg { get; init; }

    internal required IReadOnlyList<HistoryEvent> Events { get; init; }

    /// <summary>The ARN of the run this is a rerun of; null for none.</summary>
    internal string? CameFrom { get; init; }

    /// <summary>The ARN of the run of this workflow that started before; null for none.</summary>
    internal string? Previous { get; init; }

    /// <summary>The token of the selected visit; null unless it waits for a callback.</summary>
    internal string? Token { get; init; }

    /// <summary>Where the selected state was written; null when it is not of a C# workflow that is registered.</summary>
    internal SourceLine? Source { get; init; }

    /// <summary>When the run is due, while it only waits; null otherwise.</summary>
    internal DateTimeOffset? Due { get; init; }

    /// <summary>The tags of the state machine, by key.</summary>
    internal required IReadOnlyList<(string Key, string Value)> Tags { get; init; }

    /// <summary>What the attempts of the selected visit logged.</summary>
    internal required RunLog Log { get; init; }

    internal static async Task<RunView?> OfAsync(DashboardContext context, string arn, CancellationToken cancellationToken)
    {
        var services = context.Services;
        if (await services.Runs.FindAsync(arn, cancellationToken).ConfigureAwait(false) is not { } run) return null;
        int? id = int.TryParse(context.Query("visit"), out var number) ? number : null;
        var selected = run.Find(id, context.Query("state"));
        var state = selected?.Name ?? context.Query("state");
        var first = int.TryParse(context.Query("events"), out var from) ? Math.Max(1, from) : 1;
        var origin = Reruns.OriginOf(arn) is { } candidate && await services.Runtime.FindRecordAsync(candidate, cancellationToken).ConfigureAwait(false) is not null ? candidate : null;
        return new RunView
        {
            Run = run,
            Selected = selected,
            SelectedState = state,
            Svg = Draw(context, run, state),
            Events = await services.Runtime.ReadHistoryAsync(arn, new HistoryRange(first, EventsPerPage), cancellationToken).ConfigureAwait(false),
            CameFrom = origin,
            Previous = run.Snapshot.Start.Parent is null ? await PreviousAsync(services.Runtime, run, cancellationToken).ConfigureAwait(false) : null,
            Source = state is not null && services.Workflows.Find(run.Snapshot.StateMachineArn) is { } machine ? SourceLine.Of(services, machine, state) : null,
            Due = run.IsRunning ? await services.Runtime.FindDueAsync(arn, cancellationToken).ConfigureAwait(false) : null,
            Tags = await TagsAsync(services, run.Snapshot.StateMachineArn, cancellationToken).ConfigureAwait(false),
            Log = selected is null ? RunLog.Empty : await RunLog.OfAsync(services, run, new StepLogQuery { ExecutionArn = arn, EnteredEventId = selected.Id, Limit = RunLog.LinesOfVisit }, cancellationToken).ConfigureAwait(false),
            Token = selected is { Status: VisitStatus.Waiting } ? TaskTokens.Find(selected.LastAttempt?.Arguments, run.Snapshot.Start) : null,
        };
    }

    static async Task<string?> PreviousAsync(OrkestraRuntime runtime, RunState run, CancellationToken cancellationToken)
    {
        var before = await runtime.QueryAsync(new ExecutionQuery { StateMachineArn = run.Snapshot.StateMachineArn, StartedBefore = run.Snapshot.StartTime.AddTicks(1), Limit = SameMoment }, cancellationToken).ConfigureAwait(false);
        // Several may have started at the same moment.
        return before.Executions.SkipWhile(other => other.Arn != run.Arn).Skip(1).FirstOrDefault()?.Arn;
    }

    static async Task<IReadOnlyList<(string Key, string Value)>> TagsAsync(DashboardServices services, string machineArn, CancellationToken cancellationToken)
    {
        if (services.Service is null || services.Workflows.Find(machineArn) is null) return [];
        try
        {
            var answer = await services.Service.CallAsync("ListTagsForResource", JsonObject.Create(("resourceArn", machineArn)), cancellationToken).ConfigureAwait(false);
            return [.. ((JsonArray)answer["tags"]!).Select(tag => (((JsonString)tag["key"]!).Value, ((JsonString)tag["value"]!).Value)).OrderBy(tag => tag.Item1, StringComparer.Ordinal)];
        }
        catch (ServiceException)
        {
            // The service does not know the machine: it is a workflow of the program.
            return [];
        }
    }

    static string Draw(DashboardContext context, RunState run, string? selected)
    {
        var states = StateSummary.AllOf(run.History);
        return SvgGraph.Write(run.Snapshot.Plan.Machine, new SvgGraphOptions
        {
            HasStyle = false,
            MarkState = name => states.TryGetValue(name, out var known)
                ? new SvgStateMark(DisplayText.Style(known.Status), DisplayText.Of(known.Status), known.Visits > 1 ? $"{known.Visits}×" : null)
                : new SvgStateMark("none", DisplayText.Of(VisitStatus.None), null),
            IsTaken = (from, to, _) => from == "Start" ? run.Visits.Count > 0 : run.History.Ways.Contains((from, to)),
            LinkOf = name => DashboardContext.WithQuery(context.Run(run.Arn), ("state", name)),
            Selected = selected,
        });
    }

    /// <summary>The definition of a state; null when the document has none of that name.</summary>
    internal JsonValue? DefinitionOf(string state) => Find(Run.Snapshot.Plan.Machine, state) is { } found ? AslWriter.ToJson(found) : null;

    static State? Find(StateGraph graph, string name)
    {
        foreach (var (key, state) in graph.States)
        {
            if (key == name) return state;
            foreach (var level in StateTransitions.InsideOf(state))
            {
                if (Find(level, name) is { } found) return found;
            }
        }

        return null;
    }
}
