using System.Collections.Concurrent;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Carries out the tasks of a workflow by calling its steps in this process, as Lambda would: payload in, payload out, errors named after exceptions.</summary>
public sealed class StepInvoker : ITaskInvoker
{
    const int Large = 128 * 1024;

    readonly WorkflowDefinition definition;
    readonly WorkflowRunOptions options;
    readonly ConcurrentDictionary<string, StepFailure> failures = new(StringComparer.Ordinal);

    readonly ConcurrentDictionary<string, int> sizes = new(StringComparer.Ordinal);

    /// <summary>An invoker for one workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <param name="options">Services and clock; none and the system's when null.</param>
    public StepInvoker(WorkflowDefinition definition, WorkflowRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        this.definition = definition;
        this.options = options ?? WorkflowRunOptions.Default;
    }

    /// <summary>The failed try behind an error's cause; null when the error did not come from a step.</summary>
    public StepFailure? FindFailure(string? cause) => cause is null ? null : failures.GetValueOrDefault(cause);

    /// <summary>How many bytes of JSON the last output of a state had, when it was large; null otherwise.</summary>
    internal int? FindSize(string? state) => state is not null && sizes.TryGetValue(state, out var size) ? size : null;

    /// <inheritdoc/>
    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (!invocation.Resource.IsLambdaInvoke || invocation.Resource.Pattern != TaskPattern.RequestResponse) return new(TaskOutcome.Unhandled);
        if (invocation.Input["FunctionName"] is not JsonString function || definition.FindStep(function.Value) is not { } step) return new(TaskOutcome.Unhandled);
        var call = new Call(this, step, invocation.StateName, invocation.Input["Payload"] ?? JsonValue.Null, ContextOf(invocation));
        // A synchronous step holds the thread that runs the execution. That is the fastest way, as long as nothing else could go on meanwhile: no branch beside
        // it and no timer. Else it gets a thread of its own.
        var alone = definition.Document.States.ContainsKey(invocation.StateName) && invocation.TimeoutSeconds is null && invocation.HeartbeatSeconds is null;
        return alone && !options.KeepsThreadFree ? call.RunAsync() : new ValueTask<TaskOutcome>(Task.Run(() => call.RunAsync().AsTask()));
    }

    StepContext ContextOf(TaskInvocation invocation) => new()
    {
        StepName = invocation.StateName,
        Services = options.Services!,
        Attempt = invocation.Attempt,
        Facts = invocation,
        Deadline = invocation.TimeoutSeconds is { } seconds ? options.TimeProvider.GetUtcNow().AddSeconds(seconds) : null,
        TimeProvider = options.TimeProvider,
    };

    sealed class Call(StepInvoker invoker, IStep step, string state, JsonValue payload, StepContext context)
    {
        public async ValueTask<TaskOutcome> RunAsync()
        {
            try
            {
                var output = invoker.options.Around is { } around
                    ? await around(step, context, () => step.InvokeAsync(payload, invoker.definition.Serializer, context)).ConfigureAwait(false)
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
                var outcome = TaskOutcome.FunctionError(problem, exceptions.NameOf(problem));
                invoker.failures[outcome.Cause!] = new StepFailure(state, step, payload, exception, outcome.Cause!);
                return outcome;
            }
        }
    }
}
