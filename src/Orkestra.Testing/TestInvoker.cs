using System.Threading.Channels;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>Answers tasks by a test's rules, the last rule first; then by the test's own invoker, then by the workflow's steps.</summary>
internal sealed class TestInvoker(TaskRule[] rules, WorkflowDefinition? definition, ITaskInvoker? fallback, StepInvoker? steps, SkippingTimeProvider clock, IServiceProvider? services) : ITaskInvoker
{
    readonly Channel<PendingCallback> callbacks = Channel.CreateUnbounded<PendingCallback>();

    internal OrkestraRuntime? Runtime { get; set; }

    internal ChannelReader<PendingCallback> Callbacks => callbacks.Reader;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var isFunction = invocation.Resource.IsLambdaInvoke;
        var step = steps?.FindStep(invocation);
        var payload = isFunction || step is not null ? invocation.Input["Payload"] ?? JsonValue.Null : invocation.Input;
        if (Array.FindLast(rules, rule => rule.Applies(invocation, step)) is { } found) return Answer(found, invocation, payload);
        if (fallback is not null && await fallback.InvokeAsync(invocation).ConfigureAwait(false) is { IsHandled: true } outcome) return outcome;
        // A step that hands out the token runs first.
        if (step is not null && steps is not null && invocation.Resource.Pattern == TaskPattern.WaitForTaskToken)
        {
            var handedOut = await steps.InvokeAsync(invocation).ConfigureAwait(false);
            if (!handedOut.IsSuccess) return handedOut;
        }

        // An execution that is started is told the token, and calls back itself.
        if (invocation.Resource.Pattern == TaskPattern.WaitForTaskToken && !(invocation.Resource.Service == "states" && Runtime!.StateMachines.All.Count > 0))
        {
            callbacks.Writer.TryWrite(new PendingCallback(Runtime!, clock, invocation));
            return TaskOutcome.Result(JsonObject.Empty);
        }

        return steps is null ? TaskOutcome.Unhandled : await steps.InvokeAsync(invocation).ConfigureAwait(false);
    }

    static TaskOutcome Answer(TaskRule rule, TaskInvocation invocation, JsonValue payload)
    {
        try
        {
            return rule.Answer(invocation, payload);
        }
#pragma warning disable CA1031 // What a replacement throws is the step's error, as it would be the step's own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return TaskOutcome.FunctionError(exception);
        }
    }

    /// <summary>Makes the workflows known that the workflow starts, apart from those that the test brings itself.</summary>
    internal void AddNested(StateMachineRegistry machines)
    {
        if (definition is null) return;
        if (definition.StartsItself && machines.Find(definition.Workflow.Name) is null) machines.Add(definition.Workflow.Name, ExecutionPlan.Compile(definition.Document), invoker: this);
        var options = new OrkestraOptions { Services = services, TimeProvider = clock };
        foreach (var workflow in definition.Workflows.Values)
        {
            if (machines.Find(workflow.Name) is null) machines.Add(workflow.Compile(), options);
        }
    }

    internal void Close() => callbacks.Writer.TryComplete();
}
