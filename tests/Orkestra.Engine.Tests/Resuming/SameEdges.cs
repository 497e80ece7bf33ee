using Orkestra.Engine.Signals;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>Answers the tasks of a resumed execution as they were answered the first time: at once what was answered at once, the rest when it is told to.</summary>
sealed class SameEdges : ITaskInvoker
{
    readonly Dictionary<(string Arn, TaskId Task), Queue<ExecutionSignal>> answers = [];
    readonly Dictionary<(string Arn, TaskId Task), (TaskInvocation Invocation, TaskCompletionSource<TaskOutcome> Answer)> open = [];
    readonly Dictionary<(string Arn, TaskId Task), string?> waitingWorkers = [];
    readonly NotingInvoker first;

    /// <param name="first">What was noted the first time.</param>
    /// <param name="kept">All events of the first time.</param>
    /// <param name="count">How many of them were stored when the process died.</param>
    public SameEdges(NotingInvoker first, IReadOnlyList<KeptSignal> kept, int count)
    {
        this.first = first;
        var last = new Dictionary<string, ExecutionSignal>(StringComparer.Ordinal);
        for (var i = 0; i < kept.Count; i++)
        {
            var (arn, happened) = (kept[i].Arn, kept[i].Read());
            // A worker took it in the instant in which it was offered: it had been waiting.
            if (i >= count && happened.Kind == ExecutionSignalKind.ActivityStarted && last.TryGetValue(arn, out var before) && before.Kind == ExecutionSignalKind.ActivityScheduled
                && before.Task == happened.Task && before.Time == happened.Time)
                waitingWorkers.Add((arn, happened.Task), happened.Cause);
            last[arn] = happened;
            if (i < count || happened.Kind is not (ExecutionSignalKind.TaskSucceeded or ExecutionSignalKind.TaskFailed or ExecutionSignalKind.TaskSubmitted)) continue;
            if (!answers.TryGetValue((arn, happened.Task), out var ofTask)) answers.Add((arn, happened.Task), ofTask = new());
            ofTask.Enqueue(happened);
        }
    }

    public OrkestraRuntime Runner { get; set; } = null!;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var key = (invocation.ExecutionArn, invocation.Task);
        var note = first.Of(invocation.ExecutionArn, invocation.Task);
        if (note is { IsUnhandled: true })
        {
            if (waitingWorkers.TryGetValue(key, out var worker)) _ = Runner.Activities.GetTaskAsync(note.Resource, worker);
            return new(TaskOutcome.Unhandled);
        }

        lock (open)
        {
            answers.TryGetValue(key, out var ofTask);
            // Invokers report the request's answer while they are called.
            if (invocation.Resource.Pattern == TaskPattern.Sync && ofTask is { Count: > 0 } && ofTask.Peek().Kind == ExecutionSignalKind.TaskSubmitted)
                invocation.ReportSubmitted(ofTask.Dequeue().Value!);
            if (note is { IsAtOnce: true } && ofTask is { Count: > 0 }) return new(OutcomeOf(ofTask.Dequeue()));

            var answer = new TaskCompletionSource<TaskOutcome>();
            open[key] = (invocation, answer);
            return new(answer.Task);
        }
    }

    /// <summary>Brings an answer of the first time again.</summary>
    /// <returns>False when the task has not been called yet.</returns>
    public async Task<bool> BringAsync(string arn, ExecutionSignal signal)
    {
        (TaskInvocation Invocation, TaskCompletionSource<TaskOutcome> Answer) waiting;
        bool isOpen;
        lock (open) isOpen = open.TryGetValue((arn, signal.Task), out waiting);
        var token = first.Of(arn, signal.Task)?.Token;
        switch (signal.Kind)
        {
            case ExecutionSignalKind.TaskHeartbeat:
                if (token is not null) return await Runner.SendTaskHeartbeatAsync(token);
                if (isOpen) waiting.Invocation.Heartbeat();
                return isOpen;
            case ExecutionSignalKind.CallbackSucceeded or ExecutionSignalKind.CallbackFailed:
                var isSuccess = signal.Kind == ExecutionSignalKind.CallbackSucceeded;
                if (token is not null) return isSuccess ? await Runner.SendTaskSuccessAsync(token, signal.Value!) : await Runner.SendTaskFailureAsync(token, signal.Error, signal.Cause);
                return isOpen && (isSuccess ? waiting.Invocation.Succeed(signal.Value!) : waiting.Invocation.Fail(signal.Error, signal.Cause));
            // Reported during the call, and not stored yet.
            case ExecutionSignalKind.TaskSubmitted when isOpen && waiting.Invocation.Resource.Pattern == TaskPattern.Sync:
                return true;
            default:
                return isOpen && waiting.Answer.TrySetResult(OutcomeOf(signal));
        }
    }

    static TaskOutcome OutcomeOf(in ExecutionSignal happened) =>
        happened.Kind == ExecutionSignalKind.TaskFailed ? TaskOutcome.Failure(happened.Error, happened.Cause) : TaskOutcome.Result(happened.Value!);
}
