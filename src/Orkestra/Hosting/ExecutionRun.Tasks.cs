using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

// Tasks: invoked here, answered here.
internal sealed partial class ExecutionRun
{
    void Carry(in Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.InvokeTask:
                if (command.IsCurrent) Invoke(command.Frame);
                break;
            case CommandKind.CancelTask:
                Cancel(command.Task);
                break;
            case CommandKind.ReadItems:
                if (command.IsCurrent) ReadItems(command);
                break;
            case CommandKind.StartChild:
                if (command.IsCurrent) StartChild(command);
                break;
            case CommandKind.WriteResults:
                if (command.IsCurrent) WriteResults(command);
                break;
            default:
                StopChildren(command);
                break;
        }
    }

    void Invoke(Frame frame)
    {
        var invocation = new TaskInvocation(this, frame);
        var isActivity = invocation.Resource.Kind == TaskResourceKind.Activity;
        if (invocation.HasGivenToken && !isActivity) TokenOf(invocation);
        ValueTask<TaskOutcome> answer;
        try
        {
            answer = runner.Invoker.InvokeAsync(invocation);
        }
#pragma warning disable CA1031 // Whatever a task throws is the task's error.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (Volatile.Read(ref arriving) is { Count: > 0 }) TakeArrived();
            Apply(Answered(invocation, TaskOutcome.FunctionError(problem)));
            return;
        }

        // Awaiting would throw what was thrown once more, which costs as much as a dozen states.
        if (answer.IsCompletedSuccessfully || (answer.IsFaulted && !isActivity))
        {
            var outcome = answer.IsFaulted ? TaskOutcome.FunctionError(answer.AsTask().Exception!.InnerException!) : answer.Result;
            if (!outcome.IsHandled && isActivity)
            {
                Offer(invocation);
                return;
            }

            if (outcome.IsHandled || runner.Integrations.Find(invocation) is not { } integration)
            {
                Answer(invocation, outcome, isActivity);
                return;
            }

            // What the runner carries out itself never answers at once.
            skipping?.Enter();
            _ = AwaitAsync(invocation, integration.InvokeAsync(invocation));
            return;
        }

        if (isActivity) TakenByInvoker(invocation.Task);
        skipping?.Enter();
        _ = AwaitAsync(invocation, answer);
    }

    void Answer(TaskInvocation invocation, in TaskOutcome outcome, bool isActivity)
    {
        if (isActivity) TakenByInvoker(invocation.Task);
        // What the invoker reported while it worked came first.
        if (Volatile.Read(ref arriving) is { Count: > 0 }) TakeArrived();
        Apply(Answered(invocation, outcome));
        ReleaseHeld();
    }

    // No invoker answers for the activity, so that its workers do.
    void Offer(TaskInvocation invocation)
    {
        var arn = invocation.Resource.Text;
        if (!runner.Activities.Exists(arn))
        {
            Apply(new ExecutionEvent(ExecutionEventKind.TaskFailed, runner.UtcTicks, invocation.Task, error: ErrorNames.Runtime, cause: $"The activity {arn} does not exist."));
            return;
        }

        if (!execution.IsScheduled(invocation.Task)) Apply(new ExecutionEvent(ExecutionEventKind.ActivityScheduled, runner.UtcTicks, invocation.Task));
        var offer = new ActivityOffer(this, invocation);
        if (runner.Activities.Offer(arn, offer) is not { } worker) return;
        Apply(new ExecutionEvent(ExecutionEventKind.ActivityStarted, runner.UtcTicks, invocation.Task, cause: worker.Name));
        worker.Give(offer.ToTask());
    }

    /// <summary>A worker took an activity. False when nobody waits for it any more.</summary>
    internal bool Take(TaskId task, string? worker) =>
        execution.IsWaitingFor(task) && Post(new ExecutionEvent(ExecutionEventKind.ActivityStarted, runner.UtcTicks, task, cause: worker));

    void TakenByInvoker(TaskId task)
    {
        Apply(new ExecutionEvent(ExecutionEventKind.ActivityScheduled, runner.UtcTicks, task));
        Apply(new ExecutionEvent(ExecutionEventKind.ActivityStarted, runner.UtcTicks, task));
    }

    async Task AwaitAsync(TaskInvocation invocation, ValueTask<TaskOutcome> answer)
    {
        TaskOutcome outcome;
        try
        {
            outcome = await answer.ConfigureAwait(false);
            if (!outcome.IsHandled && runner.Integrations.Find(invocation) is { } integration) outcome = await integration.InvokeAsync(invocation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a task throws is the task's error.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            outcome = TaskOutcome.FunctionError(problem);
        }

        Release(invocation.Task);
        Post(Answered(invocation, outcome));
        // Only now may the clock move on.
        skipping?.LeaveAndSkip();
    }

    ExecutionEvent Answered(TaskInvocation invocation, in TaskOutcome outcome)
    {
        var task = invocation.Task;
        var now = runner.UtcTicks;
        switch (outcome.Kind)
        {
            case TaskOutcome.OutcomeKind.Result or TaskOutcome.OutcomeKind.Payload:
                var value = outcome.Value!;
                if (outcome.Kind == TaskOutcome.OutcomeKind.Payload && invocation.Resource.IsLambdaInvoke) value = LambdaResponse.Wrap(value);
                var kind = invocation.Resource.Pattern == TaskPattern.WaitForTaskToken ? ExecutionEventKind.TaskSubmitted : ExecutionEventKind.TaskSucceeded;
                return new ExecutionEvent(kind, now, task, value);
            case TaskOutcome.OutcomeKind.Failure:
                return new ExecutionEvent(ExecutionEventKind.TaskFailed, now, task, error: outcome.Error, cause: outcome.CauseObject);
            default:
                return new ExecutionEvent(
                    ExecutionEventKind.TaskFailed, now, task, error: ErrorNames.Runtime,
                    cause: $"Nothing here carries out the resource '{invocation.Resource}' of the state '{invocation.StateName}': give the runner an invoker that does, or mock it.");
        }
    }

    // A callback may come before the request that hands out the token has been answered; AWS tells of the request first.
    bool Hold(in ExecutionEvent happened)
    {
        if (happened.Kind is not (ExecutionEventKind.TaskSucceeded or ExecutionEventKind.TaskFailed) || tokens is null || !tokens.ContainsKey(happened.Task)) return false;
        if (!execution.IsAwaitingSubmission(happened.Task)) return false;
        (held ??= []).Add(happened);
        return true;
    }

    void ReleaseHeld()
    {
        if (held is not { Count: > 0 }) return;
        for (var i = held.Count - 1; i >= 0; i--)
        {
            if (execution.IsAwaitingSubmission(held[i].Task)) continue;
            if (!execution.Ignores(held[i])) Apply(held[i].At(runner.UtcTicks));
            held.RemoveAt(i);
        }
    }

    /// <summary>A task was completed with its token.</summary>
    internal bool Answer(TaskId task, JsonValue? output, string? error, string? cause) => Post(output is not null
        ? new ExecutionEvent(ExecutionEventKind.TaskSucceeded, runner.UtcTicks, task, output)
        : new ExecutionEvent(ExecutionEventKind.TaskFailed, runner.UtcTicks, task, error: error, cause: cause));

    internal bool Heartbeat(TaskId task) => Post(new ExecutionEvent(ExecutionEventKind.TaskHeartbeat, runner.UtcTicks, task));

    internal void Submitted(TaskId task, JsonValue output) => Post(new ExecutionEvent(ExecutionEventKind.TaskSubmitted, runner.UtcTicks, task, output));

    internal string TokenOf(TaskInvocation invocation)
    {
        lock (gate)
        {
            tokens ??= [];
            if (tokens.TryGetValue(invocation.Task, out var known)) return known;
            var token = execution.TokenFor(invocation.Task);
            tokens.Add(invocation.Task, token);
            runner.Register(token, this, invocation.Task);
            return token;
        }
    }

    internal CancellationToken CancellationOf(TaskInvocation invocation)
    {
        lock (gate)
        {
            cancellations ??= [];
            if (cancellations.TryGetValue(invocation.Task, out var known)) return known.Token;
            var source = new CancellationTokenSource();
            cancellations.Add(invocation.Task, source);
            return source.Token;
        }
    }

    // After a replay: tokens that were handed out before still complete their tasks.
    void RegisterTokens()
    {
        foreach (var (task, token) in execution.OpenTokens())
        {
            lock (gate) (tokens ??= []).TryAdd(task, token);
            runner.Register(token, this, task);
        }
    }

    void Cancel(TaskId task)
    {
        CancellationTokenSource? source = null;
        lock (gate)
        {
            if (tokens is not null && tokens.Remove(task, out var token)) runner.Forget(token);
            cancellations?.Remove(task, out source);
        }

        // The source is not disposed: the task may still register with its token.
        source?.Cancel();
    }

    void Release(TaskId task)
    {
        lock (gate) cancellations?.Remove(task);
    }
}
