using Orkestra.Engine;

namespace Orkestra.Hosting.Storage;

/// <summary>Which executions to find. Conditions that are null match every execution.</summary>
public sealed record ExecutionQuery
{
    /// <summary>Executions of this state machine.</summary>
    public string? StateMachineArn { get; init; }

    /// <summary>Executions that were started with this version of the state machine.</summary>
    public string? StateMachineVersionArn { get; init; }

    /// <summary>Executions that were started with this alias of the state machine.</summary>
    public string? StateMachineAliasArn { get; init; }

    /// <summary>Executions that were redriven, or that were not.</summary>
    public bool? IsRedriven { get; init; }

    /// <summary>Executions with this status.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Executions whose name begins with this text, compared by UTF-16 code units.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Executions that started at this time or later.</summary>
    public DateTimeOffset? StartedFrom { get; init; }

    /// <summary>Executions that started before this time.</summary>
    public DateTimeOffset? StartedBefore { get; init; }

    /// <summary>Child executions of this Map Run. When null, the default, child executions are left out.</summary>
    public string? MapRunArn { get; init; }

    /// <summary>The largest number of executions on a page; 100 by default.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the page begins: <see cref="ExecutionPage.NextToken"/> of the page before it; null for the first page.</summary>
    public string? PageToken { get; init; }

    /// <summary>Whether an execution matches the conditions, apart from the page.</summary>
    /// <param name="execution">The execution.</param>
    public bool Matches(ExecutionRecord execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return execution.Parent?.MapRunArn == MapRunArn
            && (StateMachineArn is null || execution.StateMachineArn == StateMachineArn)
            && (StateMachineVersionArn is null || execution.StateMachineVersionArn == StateMachineVersionArn)
            && (StateMachineAliasArn is null || execution.StateMachineAliasArn == StateMachineAliasArn)
            && (IsRedriven is null || execution.RedriveCount > 0 == IsRedriven)
            && (Status is null || execution.Status == Status)
            && (NamePrefix is null || execution.Name.StartsWith(NamePrefix, StringComparison.Ordinal))
            && (StartedFrom is null || execution.StartTime >= StartedFrom)
            && (StartedBefore is null || execution.StartTime < StartedBefore);
    }
}

/// <summary>A page of executions.</summary>
/// <param name="Executions">The executions.</param>
/// <param name="NextToken">Where the next page begins; null when this is the last one.</param>
public sealed record ExecutionPage(IReadOnlyList<ExecutionRecord> Executions, string? NextToken);
