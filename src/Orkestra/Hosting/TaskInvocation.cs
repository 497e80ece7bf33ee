using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Engine.History;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>One attempt of a task.</summary>
public sealed class TaskInvocation : ICallFacts
{
    readonly ExecutionRun? run;
    readonly ScheduleDetails? limits;
    readonly int entered;

    internal TaskInvocation(ExecutionRun run, Frame frame)
    {
        this.run = run;
        var state = (Engine.Nodes.TaskNode)frame.State;
        Task = new TaskId(frame.Slot, frame.Generation);
        Resource = state.Resource;
        StateName = state.Name;
        Input = frame.Parameters;
        Attempt = frame.RetryCount + 1;
        limits = frame.Limits;
        entered = frame.Entered;
        HasGivenToken = Execution.HasGivenToken(frame);
        IsSubmitted = frame.Phase == Phase.Submitted;
    }

    /// <summary>An invocation of no execution, for tests of an invoker.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="input">What the task is given.</param>
    /// <param name="stateName">The state.</param>
    public TaskInvocation(TaskResource resource, JsonValue input, string stateName)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
        Input = input;
        StateName = stateName;
        Attempt = 1;
    }

    /// <summary>The resource.</summary>
    public TaskResource Resource { get; }

    /// <summary>What the task is given: the state's input after Parameters or Arguments.</summary>
    public JsonValue Input { get; }

    /// <summary>The state.</summary>
    public string StateName { get; }

    /// <summary>1 for the first attempt of the state, one more for each retry.</summary>
    public int Attempt { get; }

    /// <summary>The task's time limit in seconds; null for none. The engine watches it.</summary>
    public long? TimeoutSeconds => limits?.TimeoutSeconds;

    /// <summary>The longest time between heartbeats in seconds; null for none. The engine watches it.</summary>
    public long? HeartbeatSeconds => limits?.HeartbeatSeconds;

    /// <summary>The state's credentials; null for none.</summary>
    public JsonValue? Credentials => limits?.Credentials;

    /// <summary>The name of the execution.</summary>
    public string ExecutionName => run?.Execution.Name ?? "";

    /// <summary>The ARN of the execution.</summary>
    public string ExecutionArn => run?.Execution.Arn ?? "";

    /// <summary>
    /// A text that is the same for every delivery of this attempt, also after a restart, and unlike that of any other attempt.
    /// </summary>
    public string IdempotencyKey => $"{ExecutionName}/{Task.Slot}/{Task.Generation}";

    /// <summary>A text that is the same for every attempt of this one visit to the state, and unlike that of any other visit.</summary>
    public string CallKey => $"{ExecutionName}/{Task.Slot}/{entered}";

    /// <summary>The token with which the task can be completed from outside.</summary>
    public string TaskToken => run?.TokenOf(this) ?? "";

    /// <summary>Cancelled when the answer is no longer wanted: the task timed out, or what contains it ended.</summary>
    public CancellationToken CancellationToken => run?.CancellationOf(this) ?? CancellationToken.None;

    string ICallFacts.ExecutionId => ExecutionArn;

    string ICallFacts.IdempotencyKey => CallKey;

    internal TaskId Task { get; }

    /// <summary>The run the task belongs to; null for an invocation of no execution.</summary>
    internal ExecutionRun? Run => run;

    /// <summary>Whether somebody outside may complete the task with its token.</summary>
    internal bool HasGivenToken { get; }

    /// <summary>After a restart: whether the request was taken before, so that only its end is waited for.</summary>
    internal bool IsSubmitted { get; }

    /// <summary>Says that the work goes on, which starts the time of <see cref="HeartbeatSeconds"/> anew.</summary>
    public void Heartbeat() => run?.Heartbeat(Task);

    /// <summary>Completes the task from outside of the invoker's answer, as <see cref="ExecutionRunner.SendTaskSuccess"/> with its token does.</summary>
    /// <param name="output">The task's result.</param>
    /// <returns>False when nothing waits for it (any more).</returns>
    public bool Succeed(JsonValue output) => run is not null && run.Answer(Task, output, null, null);

    /// <summary>Fails the task from outside of the invoker's answer, as <see cref="ExecutionRunner.SendTaskFailure"/> with its token does.</summary>
    /// <param name="error">The error's name; null for none.</param>
    /// <param name="cause">The error's cause; null for none.</param>
    /// <returns>False when nothing waits for it (any more).</returns>
    public bool Fail(string? error = null, string? cause = null) => run is not null && run.Answer(Task, null, error, cause);

    /// <summary>For <c>.sync</c>: says what the service answered to the request, while the job goes on.</summary>
    /// <param name="output">The service's answer.</param>
    public void ReportSubmitted(JsonValue output) => run?.Submitted(Task, output);
}
