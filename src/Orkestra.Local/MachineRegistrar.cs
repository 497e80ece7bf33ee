using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Service;
using Orkestra.Local.Catalog;

namespace Orkestra.Local;

/// <summary>
/// Keeps the runtime's state machines and the catalog the same: what callers create can be started, and what the program registers can be described. Safe to use from any thread.
/// </summary>
internal sealed class MachineRegistrar(OrkestraRuntime runtime, StepFunctionsOptions options, ServiceCatalog catalog)
{
    readonly ConcurrentDictionary<string, RegisteredStateMachine> ours = new(StringComparer.Ordinal);
    readonly Lock choosing = new();
    readonly Random choices = options.Seed is { } seed ? new Random((int)(seed ^ (seed >> 32))) : new Random();
    int seen = -1;

    /// <summary>Takes over the state machines that the program registered. What the program says now counts more than what is stored.</summary>
    internal async Task AdoptAsync()
    {
        var changes = runtime.StateMachines.Changes;
        if (changes == Volatile.Read(ref seen)) return;
        foreach (var machine in runtime.StateMachines.All)
        {
            if (ours.TryGetValue(machine.Arn, out var known) && ReferenceEquals(known, machine)) continue;
            await catalog.ChangeAsync(state => Adopt(state, machine), state => Register(state.Machines[machine.Arn])).ConfigureAwait(false);
        }

        // What changed meanwhile is looked at by the next call.
        Volatile.Write(ref seen, changes);
    }

    /// <summary>Lets a state machine be started as it is now.</summary>
    internal void Register(MachineEntry entry)
    {
        var known = runtime.StateMachines.Find(entry.Arn);
        var quotas = known?.Quotas ?? ExecutionQuotas.Aws;
        var parts = entry.Arn.Split(':');
        var identity = new MachineIdentity { Partition = parts[1], Region = parts[3], AccountId = parts[4], Name = entry.Name };
        var machine = new RegisteredStateMachine
        {
            Plan = entry.Revision.Plan,
            Identity = identity with { RoleArn = entry.Revision.RoleArn, RevisionId = entry.Revision.Id },
            Type = entry.Type,
            ExecutionsSince = entry.IsCreated ? entry.Created : null,
            Invoker = known?.Invoker,
            Quotas = quotas.WaitTimeScale == 1 ? quotas with { WaitTimeScale = options.WaitTimeScale } : quotas,
            Logging = LoggingOf(entry.Revision) ?? (known is not null && !ours.ContainsKey(entry.Arn) ? known.Logging : null),
        };
        var before = runtime.StateMachines.Changes;
        ours[entry.Arn] = machine;
        runtime.StateMachines.Add(machine);
        // Of its own changes the registrar needs no reminder.
        Interlocked.CompareExchange(ref seen, before + 1, before);
    }

    internal void Remove(string arn)
    {
        ours.TryRemove(arn, out _);
        runtime.StateMachines.Remove(arn);
    }

    /// <summary>The state machine that the ARN of a version or an alias refers to; null if the catalog has no such version or alias. Each call with an alias chooses a version anew.</summary>
    internal RegisteredStateMachine? Resolve(string arn)
    {
        var hash = arn.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0) return TestCase(arn[..hash], arn[(hash + 1)..]);
        var qualified = ResourceArn.Parse(arn, ResourceArn.StateMachine);
        var state = catalog.State;
        if (!ours.TryGetValue(qualified.Unqualified, out var machine)) return null;
        if (state.Version(qualified) is { } named) return Versioned(machine, named, null);
        if (state.Alias(qualified) is not { } alias) return null;
        var place = NextPlace();
        var chosen = ResourceArn.Parse(alias.VersionAt(place), ResourceArn.StateMachine);
        return state.Version(chosen) is { } version ? Versioned(machine, version, alias.Arn) : null;
    }

    // arn:…:stateMachine:name#TestCase
    RegisteredStateMachine? TestCase(string arn, string testCase)
    {
        if (runtime.StateMachines.Find(arn) is not { } machine) return null;
        if (options.TestCases is not { } find) throw new ServiceException("ValidationException", $"The test case '{testCase}' cannot be run: there is no mock configuration. Set SFN_MOCK_CONFIG to its file");
        try
        {
            return machine with { Invoker = find(machine.Identity.Name, testCase) };
        }
        catch (ArgumentException problem)
        {
            throw new ServiceException("ValidationException", problem.Message);
        }
    }

    RegisteredStateMachine Versioned(RegisteredStateMachine machine, VersionEntry version, string? aliasArn) => machine with
    {
        Plan = version.Revision.Plan,
        Identity = machine.Identity with { RoleArn = version.Revision.RoleArn, RevisionId = version.Revision.Id, VersionArn = version.Arn, AliasArn = aliasArn },
        Logging = LoggingOf(version.Revision),
    };

    CatalogChange Adopt(CatalogState state, RegisteredStateMachine machine)
    {
        // It may have been replaced or deleted while this change waited for its turn; the service's own registrations happen in the same turns.
        if (!ReferenceEquals(runtime.StateMachines.Find(machine.Arn), machine) || (ours.TryGetValue(machine.Arn, out var own) && ReferenceEquals(own, machine)))
            return new CatalogChange(state, JsonObject.Empty, []);
        var now = runtime.Options.TimeProvider.GetUtcNow();
        var known = state.Machines.GetValueOrDefault(machine.Arn);
        var revision = new MachineRevision
        {
            Id = known is null ? null : Guid.NewGuid().ToString(),
            Definition = AslWriter.Write(machine.Plan.Machine, indented: false),
            RoleArn = machine.Identity.RoleArn,
            Logging = known?.Revision.Logging ?? LoggingConfiguration.Off,
            Tracing = known?.Revision.Tracing ?? LoggingConfiguration.NotTraced,
            Encryption = known?.Revision.Encryption,
            Updated = now,
            Plan = machine.Plan,
        };
        if (known is not null && known.Type == machine.Type && known.Revision.HasSameContent(revision))
        {
            // Nothing to store: the entry says the same.
            Register(known);
            return new CatalogChange(state, JsonObject.Empty, []);
        }

        var entry = known is not null ? known with { Type = machine.Type, Revision = revision } : new MachineEntry
        {
            Arn = machine.Arn,
            Name = machine.Identity.Name,
            Type = machine.Type,
            Number = state.NextNumber,
            Created = now,
            Revision = revision,
        };
        return new CatalogChange(state.With(entry), JsonObject.Empty, [entry.ToEntry()]);
    }

    ExecutionLogging? LoggingOf(MachineRevision revision)
    {
        if (options.WriteLog is not { } write || LoggingConfiguration.GroupOf(revision.Logging) is not { } group) return null;
        return new ExecutionLogging
        {
            Level = LoggingConfiguration.LevelOf(revision.Logging),
            IncludesExecutionData = RequestFields.Flag(revision.Logging, "includeExecutionData"),
            Write = record => write(group, record),
        };
    }

    int NextPlace()
    {
        lock (choosing) return choices.Next(100);
    }
}
