using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local.Catalog;

namespace Orkestra.Local.Actions;

/// <summary>Aliases of state machines, which choose between two versions by weight (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html).</summary>
internal sealed class AliasActions(OrkestraRuntime runtime, ServiceCatalog catalog)
{
    const int Most = 100;
    const int WholeWeight = 100;

    internal Task<JsonObject> CreateAsync(JsonObject request)
    {
        var name = RequestFields.Required(request, "name");
        var description = RequestFields.Optional(request, "description");
        var routing = RoutingOf(request)!;
        var machineArn = ResourceArn.Parse(ArnOf(routing[0]), ResourceArn.StateMachine).Unqualified;
        var arn = $"{machineArn}:{name}";
        var now = runtime.Options.TimeProvider.GetUtcNow();
        return catalog.ChangeAsync(state =>
        {
            var machine = state.Machines.GetValueOrDefault(machineArn) ?? throw NotFound();
            CheckVersions(state, machine, routing);
            if (machine.Aliases.Find(alias => alias.Arn == arn) is { } known)
            {
                if (known.Routing != routing || known.Description != description)
                    throw new ServiceException("ConflictException", "Failed to create alias because an alias with the same name and a different routing configuration already exists.");
                return new CatalogChange(state, Created(known), []);
            }

            if (machine.Aliases.Count >= Most) throw new ServiceException("ServiceQuotaExceededException", $"A state machine has at most {Most} aliases: delete one first");
            var alias = new AliasEntry
            {
                Arn = arn,
                Name = name,
                Description = description,
                Number = machine.Aliases is [.., var last] ? last.Number + 1 : 1,
                Created = now,
                Updated = now,
                Routing = routing,
            };
            return new CatalogChange(state.With(machine with { Aliases = machine.Aliases.Add(alias) }), Created(alias), [alias.ToEntry()]);
        });
    }

    internal JsonObject Describe(JsonObject request)
    {
        var alias = catalog.State.Alias(ArnOf(request)) ?? throw NotFound();
        var response = new JsonObject.Builder(8)
            .Set("stateMachineAliasArn", alias.Arn)
            .Set("name", alias.Name)
            .Set("routingConfiguration", alias.Routing)
            .Set("creationDate", RequestFields.Seconds(alias.Created))
            .Set("updateDate", RequestFields.Seconds(alias.Updated));
        if (alias.Description is { } description) response.Set("description", description);
        return response.Build();
    }

    internal Task<JsonObject> UpdateAsync(JsonObject request)
    {
        var arn = ArnOf(request);
        var description = RequestFields.Optional(request, "description");
        var routing = RoutingOf(request);
        if (description is null && routing is null) throw new ServiceException("ValidationException", "Either the description or the routing configuration must be specified");
        var now = runtime.Options.TimeProvider.GetUtcNow();
        return catalog.ChangeAsync(state =>
        {
            var old = state.Alias(arn) ?? throw NotFound();
            var machine = state.Machine(arn)!;
            if (routing is not null) CheckVersions(state, machine, routing);
            var alias = old with { Description = description ?? old.Description, Routing = routing ?? old.Routing, Updated = now };
            return new CatalogChange(
                state.With(machine with { Aliases = machine.Aliases.Replace(old, alias) }), JsonObject.Create(("updateDate", RequestFields.Seconds(now))), [alias.ToEntry()]);
        });
    }

    /// <summary>The aliases of a state machine, or those that refer to a version, oldest first.</summary>
    internal JsonObject List(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine);
        var machine = catalog.State.Machine(arn) ?? throw StateMachineActions.DoesNotExist(arn);
        return RequestFields.Page(
            request, $"ListStateMachineAliases {arn.Text}", "stateMachineAliases",
            machine.Aliases.Where(alias => arn.Qualifier is null || alias.RefersTo(arn.Text)).Select(alias => (alias.Number, Created(alias))));
    }

    /// <summary>Deletes an alias. What does not exist is deleted already.</summary>
    internal Task<JsonObject> DeleteAsync(JsonObject request)
    {
        var arn = ArnOf(request);
        if (arn.Qualifier is null || arn.Version is not null) throw new ServiceException("InvalidArn", $"Invalid Arn: '{arn.Text}'");
        return catalog.ChangeAsync(state =>
        {
            if (state.Alias(arn) is not { } alias) return new CatalogChange(state, JsonObject.Empty, []);
            var machine = state.Machine(arn)!;
            return new CatalogChange(state.With(machine with { Aliases = machine.Aliases.Remove(alias) }), JsonObject.Empty, [new CatalogEntry(AliasEntry.Kind, alias.Arn, null)]);
        });
    }

    static ResourceArn ArnOf(JsonObject request) => ResourceArn.Parse(RequestFields.Required(request, "stateMachineAliasArn"), ResourceArn.StateMachine);

    // The service's order of refusals.
    static JsonArray? RoutingOf(JsonObject request)
    {
        if (((JsonValue)request)["routingConfiguration"] is not JsonArray given) return null;
        var arns = ((IEnumerable<JsonValue>)given).Select(ArnOf).ToArray();
        var weights = ((IEnumerable<JsonValue>)given).Select(route => (int)((JsonNumber)route["weight"]!).Value).ToArray();
        var received = $"Received: [{string.Join(", ", arns)}]";
        if (arns.Distinct(StringComparer.Ordinal).Count() < arns.Length) throw Refused($"Routing configuration must contain distinct state machine version ARNs. {received}");
        if (arns.Any(arn => ResourceArn.Parse(arn, ResourceArn.StateMachine).Version is null)) throw Refused($"Routing configuration must contain state machine version ARNs. {received}");
        if (weights.Sum() != WholeWeight) throw Refused($"Sum of routing configuration weights must equal {WholeWeight}. Received: [{string.Join(", ", weights)}]");
        if (arns.Select(arn => arn[..arn.LastIndexOf(':')]).Distinct(StringComparer.Ordinal).Count() > 1)
            throw Refused($"Routing configuration must contain versions of one state machine. {received}");
        return JsonArray.Create(arns.Zip(weights, (arn, weight) => (JsonValue)JsonObject.Create(("stateMachineVersionArn", arn), ("weight", weight))));
    }

    static void CheckVersions(CatalogState state, MachineEntry machine, JsonArray routing)
    {
        foreach (var route in routing)
        {
            var version = ResourceArn.Parse(ArnOf(route), ResourceArn.StateMachine);
            if (version.Unqualified != machine.Arn || state.Version(version) is null) throw NotFound();
        }
    }

    static string ArnOf(JsonValue route) => ((JsonString)route["stateMachineVersionArn"]!).Value;

    static JsonObject Created(AliasEntry alias) => JsonObject.Create(("stateMachineAliasArn", alias.Arn), ("creationDate", RequestFields.Seconds(alias.Created)));

    static ServiceException Refused(string message) => new("ValidationException", message);

    static ServiceException NotFound() => new("ResourceNotFound", "Request references a resource that does not exist.");
}
