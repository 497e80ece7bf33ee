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

    /// <summary>When its executions began at the earliest: those of a deleted state machine with the same name are not its own. Null for all there are.</summary>
    internal DateTimeOffset? ExecutionsSince { get; init; }

    /// <summary>The variables its executions begin with; null, the default, for none. Only reruns from a state have some.</summary>
    internal JsonObject? Variables { get; init; }

    /// <summary>The ARN.</summary>
    public string Arn => Identity.StateMachineArn;

    /// <summary>The ARN of the execution with a name. Executions of an Express state machine have an id of their own behind the name, which this ARN lacks.</summary>
    /// <param name="name">The name of the execution.</param>
    public string ExecutionArn(string name) => Identity.ExecutionArn(Type, name, "");

    /// <summary>What an execution of it starts with.</summary>
    /// <param name="name">The execution's name; a UUID when null.</param>
    internal ExecutionOptions OptionsFor(string? name) => new() { Name = name, Type = Type, Machine = Identity, Quotas = Quotas, Logging = Logging, Variables = Variables };
}
