using System.Text;
using Orkestra.Asl;
using Orkestra.Dashboard.Pages;
using Orkestra.Dashboard.Runs;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Api;

/// <summary>The grid of a workflow: a column for each run, a row for each state. A row is a text with a letter for each run, so that large grids are small.</summary>
internal static class GridData
{
    internal static async Task<JsonObject> OfAsync(DashboardServices services, RegisteredStateMachine machine, IReadOnlyList<ExecutionRecord> runs, CancellationToken cancellationToken)
    {
        // Oldest first: time goes to the right.
        var columns = runs.Reverse().ToArray();
        var states = new Dictionary<string, StateSummary>[columns.Length];
        for (var i = 0; i < columns.Length; i++) states[i] = await services.Runs.SummarizeAsync(columns[i], cancellationToken).ConfigureAwait(false);
        var rows = new List<JsonValue>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        AddRows(machine.Plan.Machine, 0);
        // States that the definition no longer has stay readable.
        foreach (var name in states.SelectMany(summary => summary.Keys).Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name)).ToList()) rows.Add(Row(name, "", 0, isGone: true));
        return JsonObject.Create(("now", DisplayText.Iso(services.Now)), ("runs", JsonArray.Create(columns.Select((run, i) => (JsonValue)Column(run, i > 0 && columns[i - 1].DefinitionHash != run.DefinitionHash)))), ("states", JsonArray.Create(rows)));

        void AddRows(StateGraph graph, int depth)
        {
            foreach (var (name, state) in graph.States)
            {
                if (!known.Add(name)) continue;
                rows.Add(Row(name, state.Type ?? "", depth, isGone: false));
                foreach (var level in StateTransitions.InsideOf(state)) AddRows(level, depth + 1);
            }
        }

        JsonObject Row(string name, string type, int depth, bool isGone)
        {
            var cells = new StringBuilder(columns.Length);
            var retries = new List<JsonValue>();
            for (var i = 0; i < columns.Length; i++)
            {
                var summary = states[i].TryGetValue(name, out var found) ? found : default;
                cells.Append(Letter(summary.Status));
                if (summary.Retries > 0) retries.Add(i);
            }

            var json = new JsonObject.Builder(6).Set("name", name).Set("type", type).Set("depth", depth).Set("cells", cells.ToString());
            if (retries.Count > 0) json.Set("retried", JsonArray.Create(retries));
            if (isGone) json.Set("gone", true);
            return json.Build();
        }
    }

    static JsonObject Column(ExecutionRecord run, bool isChanged)
    {
        var json = new JsonObject.Builder(6).Set("arn", run.Arn).Set("name", run.Name).Set("status", DisplayText.Style(run.Status)).Set("started", DisplayText.Iso(run.StartTime));
        if (run.StopTime is { } stopped) json.Set("seconds", (stopped - run.StartTime).TotalSeconds);
        if (isChanged) json.Set("changed", true);
        return json.Build();
    }

    /// <summary>The letter of a status in a row.</summary>
    static char Letter(VisitStatus status) => status switch
    {
        VisitStatus.Succeeded => 's',
        VisitStatus.Caught => 'c',
        VisitStatus.Failed => 'f',
        VisitStatus.TimedOut => 't',
        VisitStatus.Aborted => 'a',
        VisitStatus.Running => 'r',
        VisitStatus.Waiting => 'w',
        _ => '.',
    };
}
