using Orkestra.Asl;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>What an execution begins with. Together with the state machine and the signals that follow, it decides everything the execution does.</summary>
public sealed record ExecutionStart
{
    // Most executions have none of it, and an execution that is short is mostly the memory it takes.
    readonly Rare? rare;

    /// <summary>The input.</summary>
    public required JsonValue Input { get; init; }

    /// <summary>The name; made from the seed when null.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The hash of the definition the execution runs, <see cref="ExecutionPlan.DefinitionHash"/>; null (the default) when it is not stored. A replay with another
    /// definition is refused.
    /// </summary>
    public string? DefinitionHash { get; init; }

    /// <summary>Where ids, tokens and jitter come from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the execution is told about the machine it runs.</summary>
    public MachineIdentity Machine { get; init; } = MachineIdentity.Default;

    /// <summary>Standard (the default) or Express.</summary>
    public StateMachineType Type { get; init; }

    /// <summary>The limits; <see cref="ExecutionQuotas.Aws"/> by default.</summary>
    public ExecutionQuotas Quotas { get; init; } = ExecutionQuotas.Aws;

    /// <summary>The Map Run a child execution belongs to; null (the default) for an execution of its own.</summary>
    public ParentMapRun? Parent
    {
        get => rare?.Parent;
        init => rare = value is null && rare is null ? null : (rare ?? new Rare()) with { Parent = value };
    }

    /// <summary>
    /// The attempt of a task that started the execution, as <c>TaskInvocation.AttemptId</c> names it; null when no task did. When the attempt is made again after a
    /// restart, it finds the execution it started by this.
    /// </summary>
    public string? StartedBy
    {
        get => rare?.StartedBy;
        init => rare = value is null && rare is null ? null : (rare ?? new Rare()) with { StartedBy = value };
    }

    /// <summary>The trace header of AWS X-Ray the execution was started with; null (the default) for none.</summary>
    public string? TraceHeader
    {
        get => rare?.TraceHeader;
        init => rare = value is null && rare is null ? null : (rare ?? new Rare()) with { TraceHeader = value };
    }

    /// <summary>The item of a distributed Map that a child execution is for; null otherwise.</summary>
    public JsonObject? MapItem
    {
        get => rare?.MapItem;
        init => rare = value is null && rare is null ? null : (rare ?? new Rare()) with { MapItem = value };
    }

    /// <summary>The variables a child execution sees from outside, and those an execution begins with that goes on from a state of another one; null otherwise.</summary>
    public JsonObject? Variables
    {
        get => rare?.Variables;
        init => rare = value is null && rare is null ? null : (rare ?? new Rare()) with { Variables = value };
    }

    /// <summary>
    /// Which rules of the engine the execution follows. It keeps those it began with, so that its signals lead to the same states after an update: 1 before the behavior
    /// that was measured on AWS in 2026, 2 with it.
    /// </summary>
    internal int Rules { get; init; } = CurrentRules;

    internal const int CurrentRules = 2;

    /// <summary>Whether the execution follows what was measured in 2026.</summary>
    internal bool IsMeasured => Rules >= 2;

    /// <summary>The name, or the one that follows from the seed.</summary>
    public string ResolveName() => Name ?? new SeededRandom(SeededRandom.Mix(Seed)).NextGuid().ToString();

    /// <summary>The ARN of the execution. The same start always has the same.</summary>
    public string ResolveArn() => Machine.ExecutionArn(Type, ResolveName(), new SeededRandom(~Seed).NextGuid().ToString());

    /// <summary>The token of a task of the execution: the same in every replay, and unlike that of any other task. Whoever has it can complete the task while it waits for it.</summary>
    /// <param name="task">The task.</param>
    public string TokenOf(TaskId task) => TaskRuns.TokenOf(Seed, task);

    sealed record Rare
    {
        internal ParentMapRun? Parent { get; init; }

        internal string? StartedBy { get; init; }

        internal string? TraceHeader { get; init; }

        internal JsonObject? MapItem { get; init; }

        internal JsonObject? Variables { get; init; }
    }
}
