using System.Collections.Immutable;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>All that is known, at one time. Immutable: a reader keeps what it took while others change.</summary>
internal sealed record CatalogState
{
    internal static CatalogState Empty { get; } = new();

    internal ImmutableDictionary<string, MachineEntry> Machines { get; init; } = ImmutableDictionary.Create<string, MachineEntry>(StringComparer.Ordinal);

    internal ImmutableDictionary<string, ActivityEntry> Activities { get; init; } = ImmutableDictionary.Create<string, ActivityEntry>(StringComparer.Ordinal);

    /// <summary>Numbers what is created next.</summary>
    internal int NextNumber { get; init; } = 1;

    internal CatalogState With(MachineEntry machine) => this with { Machines = Machines.SetItem(machine.Arn, machine), NextNumber = Math.Max(NextNumber, machine.Number + 1) };

    internal CatalogState With(ActivityEntry activity) =>
        this with { Activities = Activities.SetItem(activity.Arn, activity), NextNumber = Math.Max(NextNumber, activity.Number + 1) };

    /// <summary>The state machine of an ARN, qualified or not; null if the catalog has no such state machine.</summary>
    internal MachineEntry? Machine(ResourceArn arn) => Machines.GetValueOrDefault(arn.Unqualified);

    internal VersionEntry? Version(ResourceArn arn) => Machine(arn)?.Versions.Find(version => version.Arn == arn.Text);

    internal AliasEntry? Alias(ResourceArn arn) => Machine(arn)?.Aliases.Find(alias => alias.Arn == arn.Text);

    /// <exception cref="FormatException">An entry cannot be read.</exception>
    internal static CatalogState Read(IReadOnlyList<CatalogEntry> entries)
    {
        var state = Empty;
        foreach (var entry in entries)
        {
            if (entry.Value is null) continue;
            if (entry.Kind == MachineEntry.Kind) state = state.With(MachineEntry.Read(entry.Key, entry.Value));
            else if (entry.Kind == ActivityEntry.Kind) state = state.With(ActivityEntry.Read(entry.Key, entry.Value));
        }

        foreach (var of in entries.Where(entry => entry is { Value: not null, Kind: VersionEntry.Kind or AliasEntry.Kind }).GroupBy(entry => entry.Key[..entry.Key.LastIndexOf(':')]))
        {
            if (!state.Machines.TryGetValue(of.Key, out var machine)) continue;
            state = state.With(machine with
            {
                Versions = [.. of.Where(entry => entry.Kind == VersionEntry.Kind).Select(entry => VersionEntry.Read(entry.Key, entry.Value!)).OrderByDescending(version => version.Number)],
                Aliases = [.. of.Where(entry => entry.Kind == AliasEntry.Kind).Select(entry => AliasEntry.Read(entry.Key, entry.Value!)).OrderBy(alias => alias.Number)],
            });
        }

        return state;
    }
}
