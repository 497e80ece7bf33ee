using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Hosting.Logging;

namespace Orkestra.Hosting.Service;

/// <summary>A state machine that can be started by its ARN.</summary>
public sealed record RegisteredStateMachine
{
    /// <summary>The document, made ready to run.</summary>
    public required ExecutionPlan Plan { get; init; }

    /// <summary>Name, account and region: together the ARN.</summary>
    public required MachineIdentity Identity { get; init; }

    /// <summary>Standard (the default) or Express.</summary>
    public StateMachineType Type { get; init; }

    /// <summary>The limits of its executions; <see cref="ExecutionQuotas.Aws"/> by default.</summary>
    public ExecutionQuotas Quotas { get; init; } = ExecutionQuotas.Aws;

    /// <summary>What its executions log; nothing when null, which is the default.</summary>
    public ExecutionLogging? Logging { get; init; }

    /// <summary>The ARN.</summary>
    public string Arn => Identity.StateMachineArn;
}
