using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>Answers tasks by a test's rules, the last rule first; then by the test's own invoker, then by the workflow's steps.</summary>
internal sealed class TestInvoker(
    TaskRule[] rules, WorkflowDefinition? definition, ITaskInvoker? fallback, StepInvoker? steps, SkippingTimeProvider clock, IServiceProvider? services, bool answersCallbacks) : ITaskInvoker
{
    static readonly ExecutionPlan Year = ExecutionPlan.Compile(AslReader.Parse("""{ "StartAt": "Year", "States": { "Year": { "Type": "Wait", "Seconds": 31536000, "End": true } } }"""));

    CallbackQueue? callbacks;

    internal OrkestraRuntime? Runtime { get; set; }

    internal CallbackQueue Callbacks => LazyInitializer.EnsureInitialized(ref callbacks, () => new CallbackQueue(clock, answersCallbacks) { WhenIdleAsync = WhenIdleAsync });

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var isFunction = invocation.Resource.IsLambdaInvoke;
        var step = steps?.FindStep(invocation);
        var payload = isFunction || step is not null ? invocation.Input["Payload"] ?? JsonValue.Null : invocation.Input;
        var isCallback = invocation.Resource.Pattern == TaskPattern.WaitForTaskToken;
        // An execution that is started is told the token, and calls back itself.
        var waits = isCallback && !(invocation.Resource.Service == "states" && Runtime!.StateMachines.All.Count > 0);
        if (Array.FindLast(rules, rule => rule.Applies(invocation, step)) is { } found)
        {
            // A replacement of a step that hands out the token has handed it out.
            var answer = Answer(found, invocation, payload);
            if (!waits || !answer.IsSuccess) return answer;
        }
        else if (fallback is not null && await fallback.InvokeAsync(invocation).ConfigureAwait(false) is { IsHandled: true } outcome)
        {
            return outcome;
        }
        else if (step is not null && steps is not null && isCallback)
        {
            // A step that hands out the token runs first.
            var handedOut = await steps.InvokeAsync(invocation).ConfigureAwait(false);
            if (!handedOut.IsSuccess) return handedOut;
        }

        if (waits)
        {
            Callbacks.Add(new PendingCallback(Runtime!, IsOfWorkflow(invocation) ? definition : null, invocation));
            return TaskOutcome.Result(JsonObject.Empty);
        }

        return steps is null ? TaskOutcome.Unhandled : await steps.InvokeAsync(invocation).ConfigureAwait(false);
    }

    // A state of another document may have the same name.
    bool IsOfWorkflow(TaskInvocation invocation) => definition is not null && invocation.ExecutionArn.Contains($":{definition.Workflow.Name}:", StringComparison.Ordinal);

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

    internal void Close() => Callbacks.Close();

    // Another execution that waits for a year, on the same clock: the clock comes to its end when nothing else is left to do.
    async Task WhenIdleAsync()
    {
        var year = await Runtime!.StartAsync(Year, JsonObject.Empty).ConfigureAwait(false);
        await year.Completion.ConfigureAwait(false);
    }
}
