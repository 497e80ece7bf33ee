using System.Text.RegularExpressions;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local.Catalog;
using Orkestra.Validation;

namespace Orkestra.Local.Actions;

/// <summary>Creating, describing, changing, listing and deleting state machines.</summary>
internal sealed partial class StateMachineActions(OrkestraRuntime runtime, StepFunctionsOptions options, ServiceCatalog catalog, MachineRegistrar registrar)
{
    internal Task<JsonObject> CreateAsync(JsonObject request)
    {
        var isPublished = RequestFields.Flag(request, "publish");
        var description = DescriptionOf(request, isPublished);
        var name = RequestFields.Required(request, "name");
        if (!ResourceArn.IsName(name)) throw new ServiceException("InvalidName", $"Invalid Name: '{name}'");
        var type = RequestFields.Optional(request, "type") == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard;
        var now = runtime.Options.TimeProvider.GetUtcNow();
        var revision = new MachineRevision
        {
            Id = null,
            RoleArn = Role(RequestFields.Required(request, "roleArn")),
            Definition = DefinitionOf(request, type),
            Logging = LoggingConfiguration.Read(((JsonValue)request)["loggingConfiguration"]),
            Tracing = LoggingConfiguration.ReadTracing(((JsonValue)request)["tracingConfiguration"]),
            Encryption = ActivityActions.EncryptionOf(request),
            Updated = now,
        };
        var arn = $"arn:{options.Partition}:states:{options.Region}:{options.AccountId}:{ResourceArn.StateMachine}:{name}";
        return catalog.ChangeAsync(
            state =>
            {
                if (state.Machines.TryGetValue(arn, out var known)) return new CatalogChange(state, Again(known), []);
                var machine = new MachineEntry
                {
                    Arn = arn,
                    Name = name,
                    Type = type,
                    Number = state.NextNumber,
                    Created = now,
                    IsCreated = true,
                    Revision = revision,
                    Tags = TagList.Empty.With(((JsonValue)request)["tags"], arn),
                };
                if (!isPublished) return new CatalogChange(state.With(machine), Created(machine, null), [machine.ToEntry()]);
                (machine, var version) = VersionActions.Publish(machine with { FirstVersion = description ?? "" }, description, now);
                return new CatalogChange(state.With(machine), Created(machine, version.Arn), [machine.ToEntry(), version.ToEntry()]);
            },
            state => registrar.Register(state.Machines[arn]));

        // A creation is repeated when everything but role and tags is the same (API reference, CreateStateMachine).
        JsonObject Again(MachineEntry known)
        {
            var isSame = known.Revision.Definition == revision.Definition && known.Type == type && known.Revision.Logging == revision.Logging && known.Revision.Tracing == revision.Tracing
                && ActivityActions.IsSame(known.Revision.Encryption, revision.Encryption) && known.FirstVersion == (isPublished ? description ?? "" : null);
            if (!isSame) throw new ServiceException("StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'");
            return Created(known, isPublished ? $"{arn}:1" : null);
        }
    }

    internal JsonObject Describe(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine);
        var state = catalog.State;
        if (arn.Name.Split('/', 2) is [_, var label]) return DescribeMap(request, arn, label);
        var machine = state.Machine(arn);
        var alias = state.Alias(arn);
        var version = state.Version(alias is null ? arn : ResourceArn.Parse(alias.VersionAt(0), ResourceArn.StateMachine));
        if (machine is null || (arn.Qualifier is not null && version is null)) throw DoesNotExist(arn);
        var revision = version?.Revision ?? machine.Revision;
        var response = new JsonObject.Builder(16)
            .Set("stateMachineArn", arn.Text)
            .Set("name", machine.Name)
            .Set("status", "ACTIVE")
            .Set("type", machine.Type == StateMachineType.Express ? "EXPRESS" : "STANDARD")
            .Set("creationDate", RequestFields.Seconds(version?.Created ?? machine.Created));
        if (version?.Description is { } description) response.Set("description", description);
        Set(response, revision, RequestFields.Optional(request, "includedData") == "METADATA_ONLY");
        return response.Build();
    }

    // stateMachine:name/label is a distributed Map of the state machine, whose child executions run under that name.
    JsonObject DescribeMap(JsonObject request, ResourceArn arn, string label)
    {
        var machine = catalog.State.Machine(ResourceArn.Parse(arn.Text[..arn.Text.LastIndexOf($"/{label}", StringComparison.Ordinal)], ResourceArn.StateMachine));
        if (machine is null || !HasLabel(machine.Revision.Plan.Machine, label)) throw DoesNotExist(arn);
        var response = new JsonObject.Builder(16)
            .Set("stateMachineArn", arn.Text)
            .Set("name", arn.Name)
            .Set("label", label)
            .Set("status", "ACTIVE")
            .Set("type", machine.Type == StateMachineType.Express ? "EXPRESS" : "STANDARD")
            .Set("creationDate", RequestFields.Seconds(machine.Created));
        Set(response, machine.Revision, RequestFields.Optional(request, "includedData") == "METADATA_ONLY");
        return response.Build();
    }

    static bool HasLabel(StateGraph graph, string label) => graph.States.Any(named => named.Value switch
    {
        MapState { Processor: { } processor } map => (map.Label == label && processor.ProcessorConfig is { IsDistributed: true }) || HasLabel(processor, label),
        ParallelState parallel => parallel.Branches.Any(branch => HasLabel(branch, label)),
        _ => false,
    });

    internal async Task<JsonObject> DescribeForExecutionAsync(JsonObject request)
    {
        var execution = await runtime.Service.FindAsync(request).ConfigureAwait(false);
        var started = execution.Start.Machine;
        var parent = execution.Start.Parent;
        // The configuration at the time of the start: that of the version, or of the revision that is still there.
        var arn = ResourceArn.Parse(started.VersionArn ?? started.StateMachineArn.Split('/')[0], ResourceArn.StateMachine);
        var state = catalog.State;
        var revision = state.Version(arn)?.Revision ?? state.Machine(arn)?.Versions.Find(version => version.Revision.Id == started.RevisionId)?.Revision ?? state.Machine(arn)?.Revision;
        var isSame = revision?.Id == started.RevisionId;
        var response = new JsonObject.Builder(14)
            .Set("stateMachineArn", execution.StateMachineArn)
            .Set("name", started.Name);
        if (parent is not null) response.Set("mapRunArn", parent.MapRunArn).Set("label", started.Name[(started.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        response.Set("updateDate", RequestFields.Seconds(isSame ? revision!.Updated : execution.StartTime));
        Set(response, new MachineRevision
        {
            Id = started.RevisionId,
            Definition = isSame && parent is null ? revision!.Definition : AslWriter.Write(execution.Plan.Machine, indented: false),
            RoleArn = started.RoleArn,
            Logging = revision?.Logging ?? LoggingConfiguration.Off,
            Tracing = revision?.Tracing ?? LoggingConfiguration.NotTraced,
            Encryption = revision?.Encryption,
            Updated = execution.StartTime,
            Plan = execution.Plan,
        }, RequestFields.Optional(request, "includedData") == "METADATA_ONLY");
        return response.Build();
    }

    internal Task<JsonObject> UpdateAsync(JsonObject request)
    {
        JsonValue given = request;
        var isPublished = RequestFields.Flag(request, "publish");
        var description = DescriptionOf(request, isPublished);
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine).EnsureNoLabel();
        if (given["definition"] is null or JsonNull && given["roleArn"] is null or JsonNull && given["loggingConfiguration"] is null or JsonNull
            && given["tracingConfiguration"] is null or JsonNull && given["encryptionConfiguration"] is null or JsonNull)
        {
            throw new ServiceException("MissingRequiredParameter", "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified");
        }

        var role = RequestFields.Optional(request, "roleArn") is { } changed ? Role(changed) : null;
        var now = runtime.Options.TimeProvider.GetUtcNow();
        return catalog.ChangeAsync(
            state =>
            {
                // A version does not change.
                if (arn.Qualifier is not null || state.Machine(arn) is not { } machine) throw DoesNotExist(arn);
                var old = machine.Revision;
                var revision = new MachineRevision
                {
                    Id = Guid.NewGuid().ToString(),
                    Definition = given["definition"] is JsonString ? DefinitionOf(request, machine.Type) : old.Definition,
                    RoleArn = role ?? old.RoleArn,
                    Logging = given["loggingConfiguration"] is JsonObject logging ? LoggingConfiguration.Read(logging) : old.Logging,
                    Tracing = given["tracingConfiguration"] is JsonObject tracing ? LoggingConfiguration.ReadTracing(tracing) : old.Tracing,
                    Encryption = ActivityActions.EncryptionOf(request) ?? old.Encryption,
                    Updated = now,
                };
                machine = machine with { Revision = revision.HasSameContent(old) ? old with { Updated = now } : revision };
                var response = JsonObject.Create(("updateDate", RequestFields.Seconds(now)));
                if (machine.Revision.Id is { } id) response = response.With("revisionId", id);
                if (!isPublished) return new CatalogChange(state.With(machine), response, [machine.ToEntry()]);
                // The same revision is published again when it is described differently.
                if (machine.Versions is [var latest, ..] && latest.Revision.Id == machine.Revision.Id && (description is null || description == latest.Description))
                    return new CatalogChange(state.With(machine), response.With("stateMachineVersionArn", latest.Arn), [machine.ToEntry()]);
                (machine, var version) = VersionActions.Publish(machine, description, now);
                return new CatalogChange(state.With(machine), response.With("stateMachineVersionArn", version.Arn), [machine.ToEntry(), version.ToEntry()]);
            },
            state => registrar.Register(state.Machines[arn.Text]));
    }

    internal JsonObject List(JsonObject request) => RequestFields.Page(
        request, "ListStateMachines", "stateMachines", catalog.State.Machines.Values.OrderBy(machine => machine.Number).Select(machine => (machine.Number, JsonObject.Create(
            ("stateMachineArn", machine.Arn), ("name", machine.Name), ("type", machine.Type == StateMachineType.Express ? "EXPRESS" : "STANDARD"), ("creationDate", RequestFields.Seconds(machine.Created))))));

    /// <summary>Deletes a state machine with its versions and aliases; executions that run are stopped. What does not exist is deleted already.</summary>
    internal async Task<JsonObject> DeleteAsync(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine).EnsureNoLabel();
        if (arn.Qualifier is not null)
            throw new ServiceException("ValidationException", "A version or an alias cannot be deleted with DeleteStateMachine: use DeleteStateMachineVersion or DeleteStateMachineAlias");
        var response = await catalog.ChangeAsync(
            state =>
            {
                if (state.Machine(arn) is not { } machine) return new CatalogChange(state, JsonObject.Empty, []);
                CatalogEntry[] gone =
                [
                    new(MachineEntry.Kind, machine.Arn, null),
                    .. machine.Versions.Select(version => new CatalogEntry(VersionEntry.Kind, version.Arn, null)),
                    .. machine.Aliases.Select(alias => new CatalogEntry(AliasEntry.Kind, alias.Arn, null)),
                ];
                return new CatalogChange(state with { Machines = state.Machines.Remove(machine.Arn) }, JsonObject.Empty, gone);
            },
            _ => registrar.Remove(arn.Text)).ConfigureAwait(false);
        _ = StopExecutionsAsync(arn.Text, runtime.Options.TimeProvider.GetUtcNow());
        return response;
    }

    // As on AWS, that goes on after the answer.
    async Task StopExecutionsAsync(string arn, DateTimeOffset until)
    {
        try
        {
            var query = new ExecutionQuery { StateMachineArn = arn, Status = ExecutionStatus.Running, StartedBefore = until };
            do
            {
                var page = await runtime.QueryAsync(query).ConfigureAwait(false);
                foreach (var execution in page.Executions) await runtime.StopAsync(execution.Arn).ConfigureAwait(false);
                query = query with { PageToken = page.NextToken };
            }
            while (query.PageToken is not null);
        }
#pragma warning disable CA1031 // The state machine is deleted: executions that cannot be stopped now run to their end.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    internal static ServiceException DoesNotExist(ResourceArn arn) => new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn.Text}'");

    static void Set(JsonObject.Builder response, MachineRevision revision, bool isMetadata)
    {
        response
            .Set("definition", isMetadata ? "{}" : revision.Definition)
            .Set("roleArn", revision.RoleArn)
            .Set("loggingConfiguration", revision.Logging)
            .Set("tracingConfiguration", revision.Tracing);
        if (revision.Id is { } id) response.Set("revisionId", id);
        if (revision.Encryption is { } encryption) response.Set("encryptionConfiguration", encryption);
        if (!isMetadata && VariableReferences.ToJson(revision.Plan.Machine) is { Count: > 0 } references) response.Set("variableReferences", references);
    }

    static JsonObject Created(MachineEntry machine, string? versionArn)
    {
        var response = JsonObject.Create(("stateMachineArn", machine.Arn), ("creationDate", RequestFields.Seconds(machine.Created)));
        return versionArn is null ? response : response.With("stateMachineVersionArn", versionArn);
    }

    static string? DescriptionOf(JsonObject request, bool isPublished)
    {
        var description = RequestFields.Optional(request, "versionDescription");
        return description is null || isPublished ? description : throw new ServiceException("ValidationException", "Version description can only be set when publish is true");
    }

    // Roles are not assumed here, but what cannot be one is refused as by the service.
    static string Role(string arn) => RoleArn.IsMatch(arn) ? arn : throw new ServiceException("InvalidArn", $"Invalid Role Arn: '{arn}'");

    [GeneratedRegex(@"^arn:[^:]+:iam::[0-9]{12}:role/.+\z")]
    private static partial Regex RoleArn { get; }

    static string DefinitionOf(JsonObject request, StateMachineType type)
    {
        var definition = RequestFields.Required(request, "definition");
        return StateMachineValidator.Validate(definition, new ValidationOptions { Type = type }).RefusalMessage is { } refusal
            ? throw new ServiceException("InvalidDefinition", refusal) : definition;
    }
}
