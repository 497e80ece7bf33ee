using System.Diagnostics;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>Carries out the commands of one execution, and brings back what comes of them. Only the execution's pump calls it.</summary>
internal sealed class CommandExecutor(ExecutionPump pump)
{
    /// <summary>The child executions that run; null when there was none.</summary>
    internal ChildRuns? Children { get; private set; }

    OrkestraRuntime Runtime => pump.Runtime;

    RunClock Clock => pump.Runtime.Clock;

    /// <returns>Whether a child execution was started, which may have run on this thread.</returns>
    internal bool Execute(ExecutionCommand command)
    {
        switch (command)
        {
            case CancelTask cancelled:
                pump.Tasks.Cancel(cancelled.Task);
                break;
            case StartChild child:
                (Children ??= new ChildRuns(pump)).Start(child);
                break;
            case StopChildren stopped:
                // It may still read its items, or write its results.
                pump.Tasks.Cancel(stopped.Task);
                (Children ??= new ChildRuns(pump)).Stop(stopped.MapRunArn);
                break;
            case ReadItems read:
                Bring(read.Task, MapRunObjects.ReadAsync(Runtime, read, pump.Tasks.CancellationOf(read.Task)));
                break;
            case WriteResults written:
                Bring(written.Task, MapRunObjects.WriteAsync(Runtime, written, pump.Tasks.CancellationOf(written.Task)));
                break;
            default:
                throw new InvalidOperationException($"The runtime does not know the command '{command.GetType().Name}'.");
        }

        return command is StartChild;
    }

    /// <summary>Calls a task. Most answer at once: that path is kept short, and copies the answer as little as it can.</summary>
    internal void Invoke(in InvokeTask command)
    {
        var invocation = new TaskInvocation(command, pump);
        if (command.Terms?.Token is { } token) pump.Tasks.Register(command.Task, token);
        var outcome = default(TaskOutcome);
        var later = default(ValueTask<TaskOutcome>);
        // Asked once: the answer may come at any moment.
        var isAnswered = false;
        try
        {
            var answer = Runtime.Options.Telemetry ? InvokeObserved(invocation) : pump.Invoker.InvokeAsync(invocation);
            if (answer.IsCompletedSuccessfully)
            {
                outcome = answer.Result;
                isAnswered = true;
            }
            else
            {
                later = answer;
            }
        }
#pragma warning disable CA1031 // Whatever a task throws is the task's error.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            later = ValueTask.FromException<TaskOutcome>(problem);
        }

        if (isAnswered) AnsweredAtOnce(invocation, outcome, command.Target.Resource.Kind == TaskResourceKind.Activity);
        else Follow(invocation, later);
    }

    void Answer(TaskInvocation invocation, in TaskOutcome outcome) => pump.Apply(Answered(invocation, outcome, Clock.UtcTicks));

    void Follow(TaskInvocation invocation, ValueTask<TaskOutcome> answer)
    {
        var isActivity = invocation.Resource.Kind == TaskResourceKind.Activity;
        // Awaiting would throw what was thrown once more, which costs as much as a dozen states.
        if (answer.IsFaulted && !isActivity)
        {
            AnsweredAtOnce(invocation, TaskOutcome.FunctionError(answer.AsTask().Exception!.InnerException!), isActivity);
            return;
        }

        if (isActivity) TakenByInvoker(invocation);
        Await(invocation, answer);
    }

    // What the invoker does is inside the span of the attempt; the execution is not.
    ValueTask<TaskOutcome> InvokeObserved(TaskInvocation invocation)
    {
        var current = Activity.Current;
        try
        {
            invocation.Observed = RuntimeTelemetry.BeginTask(pump, invocation);
            return pump.Invoker.InvokeAsync(invocation);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    void AnsweredAtOnce(TaskInvocation invocation, in TaskOutcome outcome, bool isActivity)
    {
        if (outcome.IsHandled && !isActivity)
        {
            Answer(invocation, outcome);
        }
        else if (!outcome.IsHandled && isActivity)
        {
            Offer(invocation);
        }
        else if (!outcome.IsHandled && Runtime.Integrations.Find(invocation) is { } integration)
        {
            // What the runtime handles itself never answers at once.
            Await(invocation, integration.InvokeAsync(invocation));
        }
        else
        {
            if (isActivity) TakenByInvoker(invocation);
            Answer(invocation, outcome);
        }
    }

    void Await(TaskInvocation invocation, ValueTask<TaskOutcome> answer)
    {
        pump.Tasks.Began();
        Clock.BeginWork();
        _ = AwaitAsync(invocation, answer);
    }

    async Task AwaitAsync(TaskInvocation invocation, ValueTask<TaskOutcome> answer)
    {
        TaskOutcome outcome;
        try
        {
            outcome = await answer.ConfigureAwait(false);
            if (!outcome.IsHandled && Runtime.Integrations.Find(invocation) is { } integration) outcome = await integration.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (SuspendedExecutionException problem)
        {
            // What the task waits for is suspended, so that there is no answer: the execution has to wait for it elsewhere.
            pump.Suspend(problem.InnerException!);
            Clock.EndWork();
            return;
        }
#pragma warning disable CA1031 // Whatever a task throws is the task's error.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            outcome = TaskOutcome.FunctionError(problem);
        }

        pump.Tasks.Release(invocation.Task);
        pump.Post(Answered(invocation, outcome, Clock.UtcTicks), answers: 1);
        // Only now may the clock move on.
        Clock.EndWork();
    }

    // No invoker answers for the activity, so that its workers do.
    void Offer(TaskInvocation invocation)
    {
        var arn = invocation.Resource.Text;
        var task = invocation.Task;
        if (!Runtime.Activities.Exists(arn))
        {
            pump.Apply(new ExecutionSignal(ExecutionSignalKind.TaskFailed, Clock.UtcTicks, task, error: ErrorNames.Runtime, cause: $"The activity {arn} does not exist."));
            return;
        }

        if (!invocation.IsOffered) pump.Apply(new ExecutionSignal(ExecutionSignalKind.ActivityScheduled, Clock.UtcTicks, task));
        var offer = new ActivityOffer(pump, invocation);
        if (Runtime.Activities.Offer(arn, offer) is not { } worker) return;
        // Before the commit, so that the store has the token once the worker has it.
        var given = offer.ToTask();
        pump.Apply(new ExecutionSignal(ExecutionSignalKind.ActivityStarted, Clock.UtcTicks, task, cause: worker.Name));
        worker.Give(given);
    }

    // What the invoker took before a restart it takes again.
    void TakenByInvoker(TaskInvocation invocation)
    {
        if (!invocation.IsOffered) pump.Apply(new ExecutionSignal(ExecutionSignalKind.ActivityScheduled, Clock.UtcTicks, invocation.Task));
        if (!invocation.IsSubmitted) pump.Apply(new ExecutionSignal(ExecutionSignalKind.ActivityStarted, Clock.UtcTicks, invocation.Task, index: 1));
    }

    /// <summary>The signal for what an invoker answered.</summary>
    internal static ExecutionSignal Answered(TaskInvocation invocation, in TaskOutcome outcome, long now)
    {
        invocation.Observed?.End(outcome);
        if (!outcome.IsSuccess) return Failed(invocation, outcome, now);
        var value = outcome.Value!;
        if (outcome.Kind == TaskOutcome.OutcomeKind.Payload && invocation.Resource.IsLambdaInvoke) value = LambdaResponse.Wrap(value);
        var kind = invocation.Resource.Pattern == TaskPattern.WaitForTaskToken ? ExecutionSignalKind.TaskSubmitted : ExecutionSignalKind.TaskSucceeded;
        return new ExecutionSignal(kind, now, invocation.Task, value);
    }

    static ExecutionSignal Failed(TaskInvocation invocation, in TaskOutcome outcome, long now) => outcome.IsHandled
        ? new ExecutionSignal(ExecutionSignalKind.TaskFailed, now, invocation.Task, error: outcome.Error, cause: outcome.CauseObject)
        : new ExecutionSignal(
            ExecutionSignalKind.TaskFailed, now, invocation.Task, error: ErrorNames.Runtime,
            cause: $"No task invoker handles the resource '{invocation.Resource}' of the state '{invocation.StateName}'. {Remedy(invocation.Resource)}");

    static string Remedy(TaskResource resource) => resource.Kind == TaskResourceKind.Integration && resource.Service != "lambda"
        ? $"To run it here, register an {nameof(ITaskInvoker)} as a service or set {nameof(OrkestraOptions)}.{nameof(OrkestraOptions.ServiceInvoker)}, such as to a ForwardingInvoker with an endpoint of the service, or mock the state in a test."
        : "Give the runtime an invoker that does, or mock the state.";

    void Bring(TaskId task, ValueTask<ExecutionSignal> reading)
    {
        if (reading.IsCompletedSuccessfully)
        {
            pump.Tasks.Release(task);
            pump.Apply(reading.Result);
            return;
        }

        pump.Tasks.Began();
        Clock.BeginWork();
        _ = PostAsync();

        async Task PostAsync()
        {
            var read = await reading.ConfigureAwait(false);
            pump.Tasks.Release(task);
            pump.Post(read, answers: 1);
            Clock.EndWork();
        }
    }
}

/// <summary>An execution that another one waits for is suspended: its end is not known. The inner exception is the reason.</summary>
internal sealed class SuspendedExecutionException(Exception reason) : Exception("An execution that this one waits for is suspended.", reason);
