using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Running;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Hosting;

/// <summary>One attempt of a task. Safe to use from any thread.</summary>
public sealed class TaskInvocation : ICallFacts
{
    readonly InvokeTask command;
    readonly ExecutionPump? pump;

    internal TaskInvocation(in InvokeTask command, ExecutionPump? pump)
    {
        this.command = command;
        this.pump = pump;
    }

    /// <summary>An invocation without an execution, for tests of an invoker.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="input">What the task is given.</param>
    /// <param name="stateName">The state.</param>
    public TaskInvocation(TaskResource resource, JsonValue input, string stateName)
    {
        ArgumentNullException.ThrowIfNull(resource);
        command = new InvokeTask(default, new TaskTarget(stateName, resource), input, Attempt: 1, EnteredEventId: 0);
    }

    /// <summary>What is measured of the attempt; null when nothing is.</summary>
    internal ObservedTask? Observed { get; set; }

    /// <summary>What keeps the lines that the step logs; null when nothing does.</summary>
    internal StepLogScope? Log { get; set; }

    /// <summary>The resource.</summary>
    public TaskResource Resource => command.Target.Resource;

    /// <summary>What the task is given: the state's input after Parameters or Arguments.</summary>
    public JsonValue Input => command.Input;

    /// <summary>The state.</summary>
    public string StateName => command.Target.StateName;

    /// <summary>1 for the first attempt of the state, one more for each retry.</summary>
    public int Attempt => command.Attempt;

    /// <summary>The task's time limit in seconds; null for none. The engine watches it.</summary>
    public long? TimeoutSeconds => command.Terms?.Limits?.TimeoutSeconds;

    /// <summary>The longest time between heartbeats in seconds; null for none. The engine watches it.</summary>
    public long? HeartbeatSeconds => command.Terms?.Limits?.HeartbeatSeconds;

    /// <summary>The state's credentials; null for none.</summary>
    public JsonValue? Credentials => command.Terms?.Limits?.Credentials;

    /// <summary>The name of the execution.</summary>
    public string ExecutionName => pump?.Start.ResolveName() ?? "";

    /// <summary>The ARN of the execution.</summary>
    public string ExecutionArn => pump?.Publication.Arn ?? "";

    /// <summary>A text that is the same for every delivery of this attempt, also after a restart, and differs from that of any other attempt.</summary>
    public string AttemptId => $"{ExecutionArn}/{Task.Slot}/{Task.Generation}";

    /// <summary>
    /// A text that is the same for every attempt of this one visit to the state, and differs from that of any other visit: give it to services that can refuse to do
    /// the same thing twice.
    /// </summary>
    public string IdempotencyKey => $"{ExecutionArn}/{Task.Slot}/{command.EnteredEventId}";

    /// <summary>The token with which the task can be completed from outside.</summary>
    public string TaskToken
    {
        get
        {
            if (pump is null) return "";
            var token = command.Terms?.Token ?? Engine.Runs.TaskRuns.TokenOf(pump.Start.Seed, Task);
            pump.Tasks.Register(Task, token);
            return token;
        }
    }

    /// <summary>Cancelled when the answer is no longer wanted: the task timed out, or what contains it ended.</summary>
    public CancellationToken CancellationToken => pump?.Tasks.CancellationOf(Task) ?? CancellationToken.None;

    string ICallFacts.ExecutionId => ExecutionArn;

    ILogger? ICallFacts.Logger => Log is { } log ? new StepLogger(StateName, log) : null;

    internal TaskId Task => command.Task;

    /// <summary>What is asked for.</summary>
    internal ref readonly InvokeTask Command => ref command;

    /// <summary>After a restart: whether the activity was offered to its workers before.</summary>
    internal bool IsOffered => command.Terms is { IsOffered: true };

    /// <summary>The execution; null for an invocation without one.</summary>
    internal ExecutionPump? Pump => pump;

    /// <summary>Whether the task may be completed with its token from outside.</summary>
    internal bool HasGivenToken => command.Terms?.Token is not null;

    /// <summary>After a restart: whether the request was accepted before, so that only its end is awaited.</summary>
    internal bool IsSubmitted => command.Terms is { IsSubmitted: true };

    /// <summary>Reports that the work goes on, which starts the time of <see cref="HeartbeatSeconds"/> anew.</summary>
    public void Heartbeat() => pump?.Post(Signal(ExecutionSignalKind.TaskHeartbeat));

    /// <summary>Completes the task apart from the invoker's answer, as <see cref="OrkestraRuntime.SendTaskSuccessAsync"/> with its token does.</summary>
    /// <param name="output">The task's result.</param>
    /// <returns>False when the execution has ended.</returns>
    public bool Succeed(JsonValue output) => pump is not null && pump.Post(Signal(ExecutionSignalKind.CallbackSucceeded, output));

    /// <summary>Fails the task apart from the invoker's answer, as <see cref="OrkestraRuntime.SendTaskFailureAsync"/> with its token does.</summary>
    /// <param name="error">The error's name; null for none.</param>
    /// <param name="cause">The error's cause; null for none.</param>
    /// <returns>False when the execution has ended.</returns>
    public bool Fail(string? error = null, string? cause = null) => pump is not null && pump.Post(Signal(ExecutionSignalKind.CallbackFailed, null, error, cause));

    /// <summary>For <c>.sync</c>: reports what the service answered to the request, while the job goes on.</summary>
    /// <param name="output">The service's answer.</param>
    public void ReportSubmitted(JsonValue output) => pump?.Post(Signal(ExecutionSignalKind.TaskSubmitted, output));

    ExecutionSignal Signal(ExecutionSignalKind kind, JsonValue? value = null, string? error = null, string? cause = null) =>
        new(kind, pump!.Runtime.Clock.UtcTicks, Task, value, error, cause);
}
