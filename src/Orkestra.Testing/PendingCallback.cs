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
    readonly IDisposable hold;

    internal PendingCallback(OrkestraRuntime runtime, SkippingTimeProvider clock, TaskInvocation invocation)
    {
        this.runtime = runtime;
        State = invocation.StateName;
        Request = invocation.Input;
        TaskToken = invocation.TaskToken;
        hold = clock.Hold();
    }

    /// <summary>The state that waits.</summary>
    public string State { get; }

    /// <summary>What the service was given: Parameters or Arguments.</summary>
    public JsonValue Request { get; }

    /// <summary>The token.</summary>
    public string TaskToken { get; }

    /// <summary>Completes the task (SendTaskSuccess).</summary>
    /// <param name="output">The task's result.</param>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    public Task SucceedAsync(JsonValue output) => CompleteAsync(() => runtime.SendTaskSuccessAsync(TaskToken, output));

    /// <summary>Completes the task with a reply that is serialized with web defaults (camel case).</summary>
    /// <param name="reply">The reply.</param>
    /// <exception cref="InvalidOperationException">The task no longer waits for its token.</exception>
    public Task SucceedAsync<T>(T reply) => SucceedAsync(PayloadSerializer.Default.Serialize(reply));

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
    public void LetTimePass() => hold.Dispose();

    async Task CompleteAsync(Func<Task<bool>> send)
    {
        // Held while it is completed, so that no timeout comes first.
        var sent = await send().ConfigureAwait(false);
        hold.Dispose();
        if (!sent) throw Gone();
    }

    InvalidOperationException Gone() => new($"The task of the state '{State}' no longer waits for its token: it was completed, or it timed out.");
}
