using Orkestra.Engine;
using Orkestra.Engine.History;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting;

/// <summary>
/// An execution as it was after a commit: with a store, nothing in it is unknown to the store. Reading it never waits for the execution. Immutable, and safe to use from
/// any thread.
/// </summary>
public class ExecutionSnapshot
{
    readonly HistoryView view;
    readonly ExecutionFailure? failure;
    readonly (MapRun Run, MapRunDescription Description)[]? mapRuns;
    readonly RedriveMark? lastRedrive;
    readonly int maxEvents;
    readonly long startedAt;
    readonly long stoppedAt;
    readonly long time;
    ExecutionHistory? history;
    string? name;
    string? arn;

    private protected ExecutionSnapshot(Execution execution)
    {
        view = execution.History.View();
        Start = execution.Start;
        Plan = execution.Plan;
        Status = execution.Status;
        Output = execution.Output;
        failure = execution.Failure;
        startedAt = execution.StartedAt;
        stoppedAt = execution.StoppedAt;
        time = execution.Now;
        lastRedrive = execution.LastRedrive;
        maxEvents = execution.MaxEvents;
        if (execution.KnownMapRuns is { } runs) mapRuns = [.. runs.Select(run => (run, run.Describe()))];
    }

    internal static ExecutionSnapshot Of(Execution execution) => execution.HasEnded ? new ExecutionResult(execution) : new ExecutionSnapshot(execution);

    /// <summary>The status.</summary>
    public ExecutionStatus Status { get; }

    /// <summary>Whether the execution ended with an output.</summary>
    public bool IsSuccess => Status == ExecutionStatus.Succeeded;

    /// <summary>The input.</summary>
    public JsonValue Input => Start.Input;

    /// <summary>The output; null unless the execution succeeded.</summary>
    public JsonValue? Output { get; }

    /// <summary>The error's name; null unless the execution failed, and when the error has no name.</summary>
    public string? Error => failure?.Error;

    /// <summary>The error's cause; null unless the execution failed, and when the error has no cause.</summary>
    public string? Cause => failure?.Cause;

    /// <summary>The name.</summary>
    public string Name => name ??= Start.ResolveName();

    /// <summary>The ARN.</summary>
    public string Arn => arn ??= Start.ResolveArn();

    /// <summary>The ARN of the state machine.</summary>
    public string StateMachineArn => Start.Machine.StateMachineArn;

    /// <summary>When the execution started, UTC.</summary>
    public DateTimeOffset StartTime => new(startedAt, TimeSpan.Zero);

    /// <summary>How often the execution was redriven.</summary>
    public int RedriveCount => lastRedrive?.Count ?? 0;

    /// <summary>When the execution was last redriven, UTC; null for never.</summary>
    public DateTimeOffset? RedriveTime => lastRedrive?.Time;

    /// <summary>The history up to this moment.</summary>
    public ExecutionHistory History => history ??= new ExecutionHistory(view);

    /// <summary>The Map Runs up to this moment, in the order of their start.</summary>
    public IReadOnlyList<MapRunDescription> MapRuns => mapRuns is null ? [] : Array.ConvertAll(mapRuns, static known => known.Description);

    /// <summary>When the execution ended, UTC; null while it runs.</summary>
    private protected DateTimeOffset? EndTime => Status == ExecutionStatus.Running ? null : new DateTimeOffset(stoppedAt, TimeSpan.Zero);

    internal DateTimeOffset? StopTimeOrNull => EndTime;

    /// <summary>What the execution began with.</summary>
    public ExecutionStart Start { get; }

    /// <summary>The compiled document that the execution runs.</summary>
    public ExecutionPlan Plan { get; }

    internal int LastMapRunRedrive => lastRedrive?.OfMapRun ?? 0;

    /// <summary>Why the execution cannot be redriven, in AWS's words; null when it can.</summary>
    public string? RedriveRefusal => Redrive.RefusalOf(Status, Start.Type, view.Count, maxEvents);

    /// <summary>Whether nothing has happened to the execution since.</summary>
    internal bool IsOf(Execution execution) =>
        view.Count == execution.History.Count && Status == execution.Status && time == execution.Now && mapRuns is null && execution.KnownMapRuns is null;

    /// <summary>
    /// The child executions of a Map Run that have begun; null when there is no such run. Ends of children are written once, so that they may be read while the Map Run
    /// goes on; a child that has just ended may show here before the snapshot counts it.
    /// </summary>
    internal IEnumerable<(ExecutionStart Start, ExecutionStatus Status, Engine.Signals.ChildEnding? Ending, int Items)>? ChildrenOf(string mapRunArn) =>
        Find(mapRunArn)?.Children();

    /// <summary>The compiled item processor of a Map Run; null when there is no such run.</summary>
    internal ExecutionPlan? ChildPlanOf(string mapRunArn) => Find(mapRunArn)?.Map.ChildPlan;

    MapRun? Find(string mapRunArn) => mapRuns is null ? null : Array.Find(mapRuns, known => known.Run.Arn == mapRunArn).Run;

    internal ExecutionRecord ToRecord() => new()
    {
        Arn = Arn,
        Name = Name,
        StateMachineArn = StateMachineArn,
        StateMachineVersionArn = Start.Machine.VersionArn,
        StateMachineAliasArn = Start.Machine.AliasArn,
        Type = Start.Type,
        Status = Status,
        StartTime = StartTime,
        StopTime = EndTime,
        DefinitionHash = Start.DefinitionHash ?? Plan.DefinitionHash,
        Sequence = 0,
        HistoryCount = view.Count,
        Parent = Start.Parent,
        RedriveCount = RedriveCount,
        RedriveTime = RedriveTime,
        Input = Input,
        Output = Output,
        Error = Error,
        Cause = Cause,
    };
}
