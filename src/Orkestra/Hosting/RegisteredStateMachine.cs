using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting;

/// <summary>A state machine that a runtime can start by its ARN. Immutable.</summary>
public sealed record RegisteredStateMachine
{
    /// <summary>The compiled document.</summary>
    public required ExecutionPlan Plan { get; init; }

    /// <summary>Name, account and region: together the ARN.</summary>
    public required MachineIdentity Identity { get; init; }

    /// <summary>Handles the tasks of its executions; the runtime's own invoker when null, which is the default.</summary>
    public ITaskInvoker? Invoker { get; init; }

    /// <summary>Standard (the default) or Express.</summary>
    public StateMachineType Type { get; init; }

    /// <summary>The limits of its executions; <see cref="ExecutionQuotas.Aws"/> by default.</summary>
    public ExecutionQuotas Quotas { get; init; } = ExecutionQuotas.Aws;

    /// <summary>What its executions log; nothing when null, which is the default.</summary>
    public ExecutionLogging? Logging { get; init; }

    /// <summary>When its executions began at the earliest, UTC: those of a deleted state machine with the same name are not its own. Null, the default, for all there are.</summary>
    public DateTimeOffset? ExecutionsSince { get; init; }

    /// <summary>The variables its executions begin with; null, the default, for none. Only reruns from a state have some.</summary>
    internal JsonObject? Variables { get; init; }

    /// <summary>The ARN.</summary>
    public string Arn => Identity.StateMachineArn;

    /// <summary>The ARN of the execution with a name. Executions of an Express state machine have an id of their own behind the name, which this ARN lacks.</summary>
    /// <param name="name">The name of the execution.</param>
    public string ExecutionArn(string name) => Identity.ExecutionArn(Type, name, "");

    /// <summary>This state machine beginning with a state of its outermost level, for a rerun from there.</summary>
    /// <param name="stateName">The state.</param>
    /// <param name="point">What a run had when it came to the state (<see cref="OrkestraRuntimeExtensions.FindRerunPointAsync"/>): executions begin with its variables. Their input is what they are started with. Null for none.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public RegisteredStateMachine StartingAt(string stateName, RerunPoint? point = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        var document = Plan.Machine;
        return document.States.ContainsKey(stateName) ? this with { Plan = ExecutionPlan.Compile(document with { StartAt = stateName }), Variables = point?.Variables is { Count: > 0 } set ? set : null }
            : throw new ArgumentException($"The state machine has no state '{stateName}' at its outermost level. It has: {string.Join(", ", document.States.Select(known => known.Key))}");
    }

    /// <summary>What an execution of it starts with.</summary>
    /// <param name="name">The execution's name; a UUID when null.</param>
    internal ExecutionOptions OptionsFor(string? name) => new() { Name = name, Type = Type, Machine = Identity, Quotas = Quotas, Logging = Logging, Variables = Variables };
}
