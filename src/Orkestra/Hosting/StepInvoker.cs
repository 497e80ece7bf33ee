using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Hosting;

/// <summary>Handles the tasks of a workflow by calling its steps in this process, as Lambda would: payload in, payload out, errors named after exceptions. Safe to use from any thread.</summary>
public sealed class StepInvoker : ITaskInvoker
{
    const int Large = 128 * 1024;

    /// <summary>How many heartbeats a step that runs for long sends within its heartbeat interval, so that one that is late does no harm.</summary>
    public const int HeartbeatsInTime = 3;

    readonly WorkflowDefinition definition;

    /// <summary>How many failed attempts are remembered.</summary>
    const int KeptFailures = 1_000;

    readonly OrkestraOptions options;
    readonly StepWorkers workers;
    readonly ConcurrentDictionary<string, StepFailure> failures = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<string> oldestFailures = new();

    readonly ConcurrentDictionary<string, int> sizes = new(StringComparer.Ordinal);

    /// <summary>An invoker for one workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <param name="options">Services, clock and limits; defaults when null.</param>
    public StepInvoker(WorkflowDefinition definition, OrkestraOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        this.definition = definition;
        this.options = options ?? OrkestraOptions.Default;
        workers = StepWorkers.WithLimit(this.options.MaxConcurrentSteps);
    }

    /// <summary>The failed attempt behind an error's cause; null when the error did not come from a step, or many have failed since.</summary>
    public StepFailure? FindFailure(string? cause) => cause is null ? null : failures.GetValueOrDefault(cause);

    /// <summary>The step that a task calls, as a function or as an activity; null when it calls none of the workflow's.</summary>
    /// <param name="invocation">The task.</param>
    public IStep? FindStep(TaskInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var resource = invocation.Resource;
        if (resource.Kind == TaskResourceKind.Activity) return definition.FindStep(resource.Action);
        return resource.IsLambdaInvoke && resource.Pattern is TaskPattern.RequestResponse or TaskPattern.WaitForTaskToken && invocation.Input["FunctionName"] is JsonString function
            ? definition.FindStep(function.Value)
            : null;
    }

    /// <summary>The workflow.</summary>
    public WorkflowDefinition Definition => definition;

    /// <summary>How many bytes of JSON the last output of a state had, when it was large; null otherwise.</summary>
    internal int? FindSize(string? state) => state is not null && sizes.TryGetValue(state, out var size) ? size : null;

    /// <inheritdoc/>
    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (FindStep(invocation) is not { } step) return new(TaskOutcome.Unhandled);
        var call = CallOf(step, invocation, invocation.Input["Payload"] ?? JsonValue.Null, HeartbeatsOf(invocation));
        // A synchronous step keeps its thread. Running it on the execution's is the fastest way, as long as nothing else could go on meanwhile: no branch beside it, no
        // timer, and not many such steps at once.
        var isAlone = definition.Document.States.ContainsKey(invocation.StateName) && invocation.TimeoutSeconds is null && invocation.HeartbeatSeconds is null;
        if (!isAlone || options.OffloadSynchronousSteps || !workers.TryEnterInline()) return new ValueTask<TaskOutcome>(workers.RunAsync(call.RunAsync));
        try
        {
            return call.RunAsync();
        }
        finally
        {
            workers.ExitInline();
        }
    }

    /// <summary>Calls a step for a task that does not name it as a workflow does.</summary>
    /// <param name="step">The step, one of the workflow.</param>
    /// <param name="invocation">The task.</param>
    /// <param name="payload">The input of the step.</param>
    public ValueTask<TaskOutcome> CallAsync(IStep step, TaskInvocation invocation, JsonValue payload)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(invocation);
        ArgumentNullException.ThrowIfNull(payload);
        return new(workers.RunAsync(CallOf(step, invocation, payload, null).RunAsync));
    }

    Call CallOf(IStep step, TaskInvocation invocation, JsonValue payload, (TaskInvocation Task, TimeSpan Interval)? heartbeats)
    {
        invocation.Log = invocation.Pump?.Runtime.StepLogs is { } writer ? new StepLogScope(writer, invocation) : null;
        return new Call(this, step, invocation.StateName, payload, ContextOf(invocation), invocation.Observed?.Activity) { Heartbeats = heartbeats, Log = invocation.Log };
    }

    // A worker reports that the work goes on; here nothing but the engine's own watch would end a long step.
    static (TaskInvocation Task, TimeSpan Interval)? HeartbeatsOf(TaskInvocation invocation) =>
        invocation.Resource.Kind == TaskResourceKind.Activity && invocation.HeartbeatSeconds is { } seconds ? (invocation, TimeSpan.FromSeconds(seconds) / HeartbeatsInTime) : null;

    void Remember(StepFailure failure)
    {
        failures[failure.Cause] = failure;
        oldestFailures.Enqueue(failure.Cause);
        if (oldestFailures.Count > KeptFailures && oldestFailures.TryDequeue(out var oldest)) failures.TryRemove(oldest, out _);
    }

    StepContext ContextOf(TaskInvocation invocation) => new()
    {
        StepName = invocation.StateName,
        Services = options.Services!,
        Attempt = invocation.Attempt,
        Facts = invocation,
        TaskToken = invocation.Resource.Pattern == TaskPattern.WaitForTaskToken ? invocation.TaskToken : null,
        Deadline = invocation.TimeoutSeconds is { } seconds ? options.TimeProvider.GetUtcNow().AddSeconds(seconds) : null,
        TimeProvider = options.TimeProvider,
    };

    sealed class Call(StepInvoker invoker, IStep step, string state, JsonValue payload, StepContext context, Activity? span)
    {
        public (TaskInvocation Task, TimeSpan Interval)? Heartbeats { get; init; }

        public StepLogScope? Log { get; init; }

        // On its own, as its assembly is loaded with the method that names it.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Enter(Activity span) => Activity.Current = span;

        public async ValueTask<TaskOutcome> RunAsync()
        {
            using var heartbeats = Heartbeats is { } beat ? invoker.options.TimeProvider.CreateTimer(static task => ((TaskInvocation)task!).Heartbeat(), beat.Task, beat.Interval, beat.Interval) : null;
            // A worker thread does not have the current span of the caller.
            if (span is not null) Enter(span);
            if (Log is not null) StepLogScope.Current = Log;
            try
            {
                var output = invoker.options.StepInterceptor is { } intercept
                    ? await intercept(step, context, async () => await step.InvokeAsync(payload, invoker.definition.Serializer, context).ConfigureAwait(false)).ConfigureAwait(false)
                    : await step.InvokeAsync(payload, invoker.definition.Serializer, context).ConfigureAwait(false);
                if (output.Utf8Length > Large) invoker.sizes[state] = output.Utf8Length;
                return TaskOutcome.Payload(output);
            }
#pragma warning disable CA1031 // Whatever a step throws is the step's error.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var exceptions = invoker.definition.Exceptions;
                var problem = exceptions.Unwrap(exception);
                var outcome = TaskOutcome.FunctionError(problem, exceptions.NameOf(problem), exceptions.DataOf(problem));
                invoker.Remember(new StepFailure(state, step, payload, exception, outcome.Cause!));
                return outcome;
            }
        }
    }
}
