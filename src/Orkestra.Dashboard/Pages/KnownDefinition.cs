using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Pages;

/// <summary>A definition that a workflow has or had.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Names">What it is known as: current, versions, aliases.</param>
/// <param name="Runs">How many of the last runs used it.</param>
/// <param name="Definition">The document; null when it is gone.</param>
internal sealed record KnownDefinition(string Hash, IReadOnlyList<string> Names, int Runs, JsonValue? Definition)
{
    const int RunsSeen = 200;

    internal static async Task<IReadOnlyList<KnownDefinition>> AllAsync(DashboardServices services, RegisteredStateMachine machine, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var documents = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        Add(machine.Plan, "current");
        if (services.Service is not null)
        {
            foreach (var (arn, label) in await PublishedAsync(services, machine.Arn, cancellationToken).ConfigureAwait(false))
            {
                if (services.Runtime.StateMachines.Find(arn) is { } published) Add(published.Plan, label);
            }
        }

        var page = await services.Runtime.QueryAsync(new ExecutionQuery { StateMachineArn = machine.Arn, Limit = RunsSeen }, cancellationToken).ConfigureAwait(false);
        var runs = page.Executions.GroupBy(run => run.DefinitionHash, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (var hash in runs.Keys.Where(hash => !documents.ContainsKey(hash)))
        {
            if (services.Runtime.Options.Store is { } store && await store.FindRevisionAsync(hash, cancellationToken).ConfigureAwait(false) is { } revision) documents[hash] = JsonValue.Parse(revision.Definition);
        }

        return [.. names.Keys.Concat(runs.Keys).Distinct(StringComparer.Ordinal).Select(hash => new KnownDefinition(hash, names.GetValueOrDefault(hash) ?? [], runs.GetValueOrDefault(hash), documents.GetValueOrDefault(hash)))];

        void Add(ExecutionPlan plan, string label)
        {
            documents[plan.DefinitionHash] = AslWriter.ToJson(plan.Machine);
            if (!names.TryGetValue(plan.DefinitionHash, out var labels)) names[plan.DefinitionHash] = labels = [];
            labels.Add(label);
        }
    }

    static async Task<List<(string Arn, string Label)>> PublishedAsync(DashboardServices services, string machineArn, CancellationToken cancellationToken)
    {
        var published = new List<(string, string)>();
        try
        {
            var versions = await services.Service!.CallAsync("ListStateMachineVersions", JsonObject.Create(("stateMachineArn", machineArn)), cancellationToken).ConfigureAwait(false);
            foreach (var version in (JsonArray)versions["stateMachineVersions"]!)
            {
                var arn = ((JsonString)version["stateMachineVersionArn"]!).Value;
                published.Add((arn, $"version {arn[(arn.LastIndexOf(':') + 1)..]}"));
            }

            var aliases = await services.Service!.CallAsync("ListStateMachineAliases", JsonObject.Create(("stateMachineArn", machineArn)), cancellationToken).ConfigureAwait(false);
            foreach (var alias in (JsonArray)aliases["stateMachineAliases"]!)
            {
                var arn = ((JsonString)alias["stateMachineAliasArn"]!).Value;
                published.Add((arn, $"alias {arn[(arn.LastIndexOf(':') + 1)..]}"));
            }
        }
        catch (ServiceException)
        {
            // The state machine is not one of the service.
        }

        return published;
    }
}
