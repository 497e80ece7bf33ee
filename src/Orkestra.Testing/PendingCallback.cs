using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>
/// A task that waits for its token (<c>.waitForTaskToken</c>). The virtual clock does not move until the test completes the task: <see cref="SucceedAsync"/>,
/// <see cref="FailAsync"/> or <see cref="LetTimePass"/>.
/// </summary>
public sealed class PendingCallback
{
    readonly OrkestraRuntime runtime;
    readonly WorkflowDefinition? definition;
    IDisposable? hold;

    internal PendingCallback(OrkestraRuntime runtime, WorkflowDefinition? definition, TaskInvocation invocation)
    {
        this.runtime = runtime;
        this.definition = definition;
        State = invocation.StateName;
        Request = invocation.Input;
        TaskToken = invocation.TaskToken;
    }

    /// <summary>The state that waits.</summary>
    public string State { get; }

    /// <summary>What the service was given: Parameters or Arguments.</summary>
    public JsonValue Request { get; }

    /// <summary>The token.</summary>
    public string TaskToken { get; }

    /// <summary>Completes the task (SendTaskSuccess). The reply must fit the type that the workflow reads, as <see cref="WorkflowDefinition.CheckReply"/> says.</summary>
    /// <param name="output">The task's result.</param>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    /// <exception cref="PayloadException">The reply does not fit the type. The task still waits.</exception>
    public Task SucceedAsync(JsonValue output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return CompleteAsync(() =>
        {
            definition?.CheckReply(State, output);
            return runtime.SendTaskSuccessAsync(TaskToken, output);
        });
    }

    /// <summary>Completes the task with a reply that is serialized as the workflow's own payloads are; with web defaults (camel case) in the test of a document. It is checked like any other reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    /// <exception cref="PayloadException">The reply has no JSON form, or does not fit the type. The task still waits.</exception>
    public Task SucceedAsync<T>(T reply) => SucceedAsync((definition?.Serializer ?? PayloadSerializer.Default).Serialize(reply));

    /// <summary>Fails the task (SendTaskFailure).</summary>
    /// <param name="error">The error's name.</param>
    /// <param name="cause">The cause; none when null.</param>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    public Task FailAsync(string? error = null, string? cause = null) => CompleteAsync(() => runtime.SendTaskFailureAsync(TaskToken, error, cause));

    /// <summary>Reports that the work goes on (SendTaskHeartbeat), which starts the time of HeartbeatSeconds anew.</summary>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    public async Task HeartbeatAsync()
    {
        if (!await runtime.SendTaskHeartbeatAsync(TaskToken).ConfigureAwait(false)) throw Gone();
    }

    /// <summary>Lets the clock go on without an answer, so that a timeout or a missed heartbeat comes. The task can still be completed until then.</summary>
    public void LetTimePass() => hold?.Dispose();

    /// <summary>The test has taken it.</summary>
    internal void HoldClock(SkippingTimeProvider clock) => hold = clock.Hold();

    async Task CompleteAsync(Func<Task<bool>> send)
    {
        // Held while it is completed, so that no timeout comes first.
        var sent = await send().ConfigureAwait(false);
        LetTimePass();
        if (!sent) throw Gone();
    }

    InvalidOperationException Gone() => new($"The task of the state '{State}' no longer waits for its token: it was completed, or it timed out.");
}
