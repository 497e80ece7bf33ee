using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>How a workflow is run in this process.</summary>
public sealed record WorkflowRunOptions
{
    internal static WorkflowRunOptions Default { get; } = new();

    /// <summary>
    /// Options with a clock that skips: waits, retries and timeouts take no real time, so that a flow that waits a day ends at once. Each use makes a new clock.
    /// </summary>
    public static WorkflowRunOptions SkippingTime => new() { TimeProvider = new SkippingTimeProvider() };

    /// <summary>The services steps may ask for; none when null, which is the default.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The clock of waits, retries and timeouts; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The name of the execution; a UUID when null, which is the default.</summary>
    public string? Name { get; init; }

    /// <summary>Called with every history event as it happens, on the thread that runs the execution; null, the default, for nobody. It must be quick and must not throw.</summary>
    public Action<HistoryEvent>? OnEvent { get; init; }

    /// <summary>
    /// Whether every step gets a thread of its own, so that a run can be stopped while a synchronous step is at work. False by default: a step that runs alone and
    /// has no timeout runs on the thread of the run, which costs least.
    /// </summary>
    public bool KeepsThreadFree { get; init; }

    /// <summary>Called around each try of a step, on the thread that runs it; nothing when null, which is the default.</summary>
    public StepInterceptor? Around { get; init; }
}
