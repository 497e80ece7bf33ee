using Orkestra.Authoring;
using Orkestra.Dashboard.Runs;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Pages;

/// <summary>A task that waits for its token.</summary>
internal sealed record CallbackEntry(RunState Run, RunVisit Visit, string Token)
{
    const int MostRuns = 200;

    /// <summary>The workflow in C# whose state it is; null for a document.</summary>
    internal WorkflowDefinition? DefinitionOf(DashboardServices services) => services.DefinitionOf(Run.Snapshot.Start.Machine.StateMachineArn);

    /// <summary>The members of the reply's type; null when it is not known or has none.</summary>
    internal IReadOnlyList<InputField>? Fields(DashboardServices services, JsonValue? values) =>
        DefinitionOf(services) is { } definition && definition.RepliesByState.TryGetValue(Visit.Name, out var type) ? InputField.Of(definition, type, values) : null;

    /// <summary>The callbacks of the runs that are under way, oldest first.</summary>
    internal static async Task<IReadOnlyList<CallbackEntry>> AllAsync(DashboardServices services, CancellationToken cancellationToken)
    {
        var found = new List<CallbackEntry>();
        var page = await services.Runtime.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running, Limit = MostRuns }, cancellationToken).ConfigureAwait(false);
        foreach (var record in page.Executions)
        {
            if (await services.Runs.FindAsync(record.Arn, cancellationToken).ConfigureAwait(false) is { } run) found.AddRange(Of(run));
        }

        return [.. found.OrderBy(entry => entry.Visit.LastAttempt!.Started)];
    }

    /// <summary>The callback with a token; null when no task waits for it.</summary>
    internal static async Task<CallbackEntry?> FindAsync(DashboardServices services, string token, CancellationToken cancellationToken)
    {
        if (await services.Runtime.FindTokenOwnerAsync(token, cancellationToken).ConfigureAwait(false) is not { } arn || await services.Runs.FindAsync(arn, cancellationToken).ConfigureAwait(false) is not { } run) return null;
        return Of(run).FirstOrDefault(entry => entry.Token == token);
    }

    static IEnumerable<CallbackEntry> Of(RunState run)
    {
        foreach (var visit in run.Visits)
        {
            if (visit is { IsOver: false, LastAttempt: { Ended: null } attempt } && TaskTokens.Find(attempt.Arguments, run.Snapshot.Start) is { } token) yield return new CallbackEntry(run, visit, token);
        }
    }
}
