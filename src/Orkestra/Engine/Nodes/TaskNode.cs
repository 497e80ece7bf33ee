using Orkestra.Asl;
using Orkestra.Engine.Commands;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.History;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Task (https://states-language.net/spec.html#task-state).</summary>
internal sealed class TaskNode : FallibleNode
{
    internal TaskNode(string name, TaskResource resource)
        : base(StateKind.Task, name)
    {
        Target = new TaskTarget(name, resource);
        IsCompletable = HasToken || HasCallback;
        (ScheduledType, StartedType, SucceededType, FailedType, TimedOutType) = resource.Kind switch
        {
            TaskResourceKind.LambdaFunction => (
                HistoryEventType.LambdaFunctionScheduled, HistoryEventType.LambdaFunctionStarted, HistoryEventType.LambdaFunctionSucceeded,
                HistoryEventType.LambdaFunctionFailed, HistoryEventType.LambdaFunctionTimedOut),
            TaskResourceKind.Activity => (
                HistoryEventType.ActivityScheduled, HistoryEventType.ActivityStarted, HistoryEventType.ActivitySucceeded,
                HistoryEventType.ActivityFailed, HistoryEventType.ActivityTimedOut),
            _ => (
                HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted, HistoryEventType.TaskSucceeded,
                HistoryEventType.TaskFailed, HistoryEventType.TaskTimedOut),
        };
    }

    /// <summary>The state and what it calls, as a command names them.</summary>
    internal TaskTarget Target { get; }

    internal TaskResource Resource => Target.Resource;

    internal HistoryEventType ScheduledType { get; }

    internal HistoryEventType StartedType { get; }

    internal HistoryEventType SucceededType { get; }

    internal HistoryEventType FailedType { get; }

    internal HistoryEventType TimedOutType { get; }

    /// <summary>Parameters or Arguments; null for the effective input.</summary>
    internal Template? Arguments { get; init; }

    internal Template? Credentials { get; init; }

    internal NumberField? Timeout { get; init; }

    internal NumberField? Heartbeat { get; init; }

    /// <summary>Whether the Context Object has <c>Task.Token</c> here.</summary>
    internal bool HasToken => Resource.Pattern != TaskPattern.RequestResponse;

    /// <summary>Whether the task ends when its token comes back.</summary>
    internal bool HasCallback => Resource.Pattern == TaskPattern.WaitForTaskToken || Resource.Kind == TaskResourceKind.Activity;

    /// <summary>Whether the task has a token, in the Context Object or for its end.</summary>
    internal bool IsCompletable { get; }

    /// <summary>The region history events name.</summary>
    internal string Region => Resource.Region;

    /// <summary>What a result that is too large is called by.</summary>
    internal string LimitName => Resource.Kind == TaskResourceKind.Integration ? Resource.Service : Resource.Text;

    internal override void Enter(Execution execution, Frame frame)
    {
        // The token belongs to this attempt, and the parameters may carry it.
        frame.Generation++;
        frame.Token = null;
        frame.IsOffered = false;
        frame.IsInvoked = false;
        var input = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        var parameters = Arguments is null ? input : Arguments.Evaluate(execution.Evaluation.For(frame, input));
        execution.Observer?.Saw(DataFlowStage.Arguments, parameters);
        frame.Limits = Timeout is null && Heartbeat is null && Credentials is null ? null : Limits(execution, frame, input);
        frame.Parameters = parameters;
        if (Resource.Kind != TaskResourceKind.Activity)
        {
            frame.Last = execution.Record(ScheduledType, frame.Last, parameters, frame.Limits is { } limits ? new ScheduleDetails(this, limits) : this);
            frame.Last = execution.Record(StartedType, frame.Last, null, this);
        }

        execution.Tasks.Invoke(frame);
    }

    TaskLimits Limits(Execution execution, Frame frame, JsonValue input) => new(
        Seconds(Timeout, "TimeoutSeconds", execution.Evaluation.For(frame, input)),
        Seconds(Heartbeat, "HeartbeatSeconds", execution.Evaluation.For(frame, input)),
        Credentials?.Evaluate(execution.Evaluation.For(frame, input)));

    long? Seconds(NumberField? field, string name, Evaluation at)
    {
        var seconds = field?.Evaluate(at);
        if (seconds > 0 || seconds is null) return seconds;
        throw Flow.IsJsonata ? new EvaluationException(ErrorNames.QueryEvaluationError, $"{name} must be positive.", name) : new EvaluationException(ErrorNames.Runtime, $"{name} must be positive.");
    }

    internal override void Resume(Execution execution, Frame frame)
    {
        var result = frame.Parameters;
        frame.Parameters = JsonValue.Null;
        execution.Complete(frame, result);
    }
}
