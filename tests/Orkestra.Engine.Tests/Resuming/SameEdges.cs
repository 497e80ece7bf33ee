using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>Answers the tasks of a resumed execution as they were answered the first time: at once what was answered at once, the rest when it is told to.</summary>
sealed class SameEdges : ITaskInvoker
{
    readonly Dictionary<(string Arn, TaskId Task), Queue<ExecutionEvent>> answers = [];
    readonly Dictionary<(string Arn, TaskId Task), (TaskInvocation Invocation, TaskCompletionSource<TaskOutcome> Answer)> open = [];
    readonly NotingInvoker first;

    /// <param name="first">What was noted the first time.</param>
    /// <param name="coming">The events that are still to come.</param>
    public SameEdges(NotingInvoker first, IEnumerable<KeptEvent> coming)
    {
        this.first = first;
        foreach (var kept in coming)
        {
            var happened = kept.Read();
            if (happened.Kind is not (ExecutionEventKind.TaskSucceeded or ExecutionEventKind.TaskFailed or ExecutionEventKind.TaskSubmitted)) continue;
            if (!answers.TryGetValue((kept.Arn, happened.Task), out var ofTask)) answers.Add((kept.Arn, happened.Task), ofTask = new());
            ofTask.Enqueue(happened);
        }
    }

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var key = (invocation.ExecutionArn, invocation.Task);
        var note = first.Of(invocation.ExecutionArn, invocation.Task);
        if (note.IsUnhandled) return new(TaskOutcome.Unhandled);
        lock (open)
        {
            answers.TryGetValue(key, out var ofTask);
            if (note.IsAtOnce && ofTask is { Count: > 0 })
            {
                var next = ofTask.Dequeue();
                if (next.Kind == ExecutionEventKind.TaskSubmitted && invocation.Resource.Pattern == TaskPattern.Sync)
                {
                    invocation.ReportSubmitted(next.Value!);
                    next = ofTask.Dequeue();
                }

                return new(OutcomeOf(next));
            }

            var answer = new TaskCompletionSource<TaskOutcome>();
            open[key] = (invocation, answer);
            return new(answer.Task);
        }
    }

    /// <summary>Brings an answer of the first time again.</summary>
    public void Bring(ExecutionRunner runner, string arn, in ExecutionEvent happened)
    {
        (TaskInvocation Invocation, TaskCompletionSource<TaskOutcome> Answer) waiting;
        bool isOpen;
        lock (open) isOpen = open.TryGetValue((arn, happened.Task), out waiting);
        var token = first.Of(arn, happened.Task).Token;
        switch (happened.Kind)
        {
            case ExecutionEventKind.TaskSubmitted when isOpen && waiting.Invocation.Resource.Pattern == TaskPattern.Sync:
                waiting.Invocation.ReportSubmitted(happened.Value!);
                break;
            case ExecutionEventKind.TaskHeartbeat when token is not null:
                runner.SendTaskHeartbeat(token);
                break;
            case ExecutionEventKind.TaskHeartbeat when isOpen:
                waiting.Invocation.Heartbeat();
                break;
            default:
                if (isOpen && waiting.Answer.TrySetResult(OutcomeOf(happened)) || token is null) break;
                if (happened.Kind == ExecutionEventKind.TaskSucceeded) runner.SendTaskSuccess(token, happened.Value!);
                else runner.SendTaskFailure(token, happened.Error, happened.Cause);
                break;
        }
    }

    static TaskOutcome OutcomeOf(in ExecutionEvent happened) =>
        happened.Kind == ExecutionEventKind.TaskFailed ? TaskOutcome.Failure(happened.Error, happened.Cause) : TaskOutcome.Result(happened.Value!);
}
