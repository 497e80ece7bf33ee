using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Local.Catalog;

/// <summary>What a state machine is at one time: its definition and configuration. Immutable; a change makes a new one.</summary>
internal sealed record MachineRevision
{
    ExecutionPlan? plan;

    /// <summary>Tells revisions apart; null for the first one, which the service does not name.</summary>
    internal required string? Id { get; init; }

    internal required string Definition { get; init; }

    internal required string RoleArn { get; init; }

    internal required JsonObject Logging { get; init; }

    internal required JsonObject Tracing { get; init; }

    /// <summary>Null unless it was asked for.</summary>
    internal required JsonValue? Encryption { get; init; }

    internal required DateTimeOffset Updated { get; init; }

    /// <summary>The compiled definition.</summary>
    internal ExecutionPlan Plan
    {
        get => LazyInitializer.EnsureInitialized(ref plan, () => ExecutionPlan.Compile(AslReader.Read(Definition).Document ?? throw EntryFields.Missing("definition")));
        init => plan = value;
    }

    /// <summary>Whether this and another mean the same, whoever named them.</summary>
    internal bool HasSameContent(MachineRevision other) =>
        (Definition == other.Definition || JsonValue.Parse(Definition) == JsonValue.Parse(other.Definition))
        && RoleArn == other.RoleArn && Logging == other.Logging && Tracing == other.Tracing && Encryption == other.Encryption;

    internal JsonObject ToJson()
    {
        var json = new JsonObject.Builder(8).Set("definition", Definition).Set("roleArn", RoleArn).Set("logging", Logging).Set("tracing", Tracing).Set("updated", Updated.UtcTicks);
        if (Id is not null) json.Set("id", Id);
        if (Encryption is not null) json.Set("encryption", Encryption);
        return json.Build();
    }

    internal static MachineRevision Read(JsonValue entry) => new()
    {
        Id = EntryFields.OptionalText(entry, "id"),
        Definition = EntryFields.Text(entry, "definition"),
        RoleArn = EntryFields.Text(entry, "roleArn"),
        Logging = entry["logging"] as JsonObject ?? throw EntryFields.Missing("logging"),
        Tracing = entry["tracing"] as JsonObject ?? throw EntryFields.Missing("tracing"),
        Encryption = entry["encryption"],
        Updated = EntryFields.Time(entry, "updated"),
    };
}
