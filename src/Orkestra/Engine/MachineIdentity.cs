using Orkestra.Asl;

namespace Orkestra.Engine;

/// <summary>
/// What an execution says about where it runs: in the Context Object, in ARNs and in history events. A local run has made-up values in the form AWS uses.
/// </summary>
public sealed record MachineIdentity
{
    internal static MachineIdentity Default { get; } = new();

    /// <summary>The name of the state machine; <c>StateMachine</c> by default.</summary>
    public string Name { get; init; } = "StateMachine";

    /// <summary>The role executions run as.</summary>
    public string RoleArn { get; init; } = "arn:aws:iam::000000000000:role/orkestra";

    /// <summary>The partition; <c>aws</c> by default.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The region; <c>us-east-1</c> by default.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The account; twelve zeros by default.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The ARN of the version that was started; null (the default) when none was.</summary>
    public string? VersionArn { get; init; }

    /// <summary>The ARN of the alias that was started; null (the default) when none was.</summary>
    public string? AliasArn { get; init; }

    /// <summary>The revision of the state machine that was started; null (the default) for the first one.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The ARN of the state machine.</summary>
    public string StateMachineArn => $"arn:{Partition}:states:{Region}:{AccountId}:stateMachine:{Name}";

    internal string ExecutionArn(StateMachineType type, string executionName, string expressId) => type == StateMachineType.Express
        ? $"arn:{Partition}:states:{Region}:{AccountId}:express:{Name}:{executionName}:{expressId}"
        : $"arn:{Partition}:states:{Region}:{AccountId}:execution:{Name}:{executionName}";
}
