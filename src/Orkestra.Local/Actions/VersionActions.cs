using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local.Catalog;

namespace Orkestra.Local.Actions;

/// <summary>Versions of state machines (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html).</summary>
internal sealed class VersionActions(OrkestraRuntime runtime, ServiceCatalog catalog)
{
    const string InitialRevision = "INITIAL";
    const int Most = 1_000;

    /// <summary>Publishes a revision once; asked for again, it gives the version there is.</summary>
    internal Task<JsonObject> PublishAsync(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine);
        var wanted = RequestFields.Optional(request, "revisionId");
        var now = runtime.Options.TimeProvider.GetUtcNow();
        return catalog.ChangeAsync(state =>
        {
            if (arn.Qualifier is not null || state.Machine(arn) is not { } machine) throw StateMachineActions.DoesNotExist(arn);
            var current = machine.Revision.Id ?? InitialRevision;
            if (wanted is not null && wanted != current)
                throw new ServiceException("ConflictException", $"Failed to publish the State Machine version for revision {wanted}. The current State Machine revision is {current}.");
            if (machine.Versions is [var latest, ..] && latest.Revision.Id == machine.Revision.Id) return new CatalogChange(state, Published(latest), []);
            (machine, var version) = Publish(machine, RequestFields.Optional(request, "description"), now);
            return new CatalogChange(state.With(machine), Published(version), [machine.ToEntry(), version.ToEntry()]);
        });
    }

    /// <summary>A state machine with a further version, which is its revision of now.</summary>
    /// <exception cref="ServiceException"><c>ServiceQuotaExceededException</c>.</exception>
    internal static (MachineEntry Machine, VersionEntry Version) Publish(MachineEntry machine, string? description, DateTimeOffset now)
    {
        if (machine.Versions.Count >= Most) throw new ServiceException("ServiceQuotaExceededException", $"A state machine has at most {Most} versions: delete one first");
        var version = new VersionEntry { Arn = $"{machine.Arn}:{machine.NextVersion}", Number = machine.NextVersion, Description = description, Created = now, Revision = machine.Revision };
        return (machine with { NextVersion = machine.NextVersion + 1, Versions = machine.Versions.Insert(0, version) }, version);
    }

    /// <summary>The versions, newest first; none when there is no such state machine.</summary>
    internal JsonObject List(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineArn"), ResourceArn.StateMachine);
        var versions = catalog.State.Machine(arn)?.Versions ?? [];
        return RequestFields.Page(request, $"ListStateMachineVersions {arn.Text}", "stateMachineVersions", versions.Select(version => (-version.Number, JsonObject.Create(
            ("stateMachineVersionArn", version.Arn), ("creationDate", RequestFields.Seconds(version.Created))))));
    }

    /// <summary>Deletes a version that no alias refers to. What does not exist is deleted already.</summary>
    internal Task<JsonObject> DeleteAsync(JsonObject request)
    {
        var arn = ResourceArn.Parse(RequestFields.Required(request, "stateMachineVersionArn"), ResourceArn.StateMachine);
        if (arn.Version is null) throw new ServiceException("ValidationException", $"The ARN of a version ends with its number: {arn.Text}");
        return catalog.ChangeAsync(state =>
        {
            if (state.Version(arn) is not { } version) return new CatalogChange(state, JsonObject.Empty, []);
            var machine = state.Machine(arn)!;
            var referring = machine.Aliases.Where(alias => alias.RefersTo(version.Arn)).Select(alias => alias.Name).ToArray();
            if (referring.Length > 0)
            {
                throw new ServiceException(
                    "ConflictException", $"Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{string.Join(", ", referring)}]");
            }

            return new CatalogChange(state.With(machine with { Versions = machine.Versions.Remove(version) }), JsonObject.Empty, [new CatalogEntry(VersionEntry.Kind, version.Arn, null)]);
        });
    }

    static JsonObject Published(VersionEntry version) => JsonObject.Create(("stateMachineVersionArn", version.Arn), ("creationDate", RequestFields.Seconds(version.Created)));
}
