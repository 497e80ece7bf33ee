using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orkestra.Asl;

namespace Orkestra.Hosting.Running;

/// <summary>
/// What runtimes report through System.Diagnostics: metrics of the meter <c>Orkestra</c>, and spans of the activity source <c>Orkestra</c>. One span lasts while an execution is in
/// memory; each task is a span inside it. Nothing of it holds payloads, causes or tokens.
/// </summary>
internal static class RuntimeTelemetry
{
    internal const string Name = "Orkestra";

    const string StateMachine = "orkestra.state_machine.name";

    static readonly Meter Meter = new(Name);
    static readonly ActivitySource Source = new(Name);
    static readonly Counter<long> Starts = Meter.CreateCounter<long>("orkestra.executions.started", "{execution}", "Executions that started, with starts that were refused because their name was used.");
    static readonly Counter<long> Resumptions = Meter.CreateCounter<long>("orkestra.executions.resumed", "{execution}", "Executions that came back from the store.");
    static readonly Counter<long> Ends = Meter.CreateCounter<long>("orkestra.executions.ended", "{execution}", "Executions that ended, by status.");
    static readonly Counter<long> Suspensions = Meter.CreateCounter<long>("orkestra.executions.suspended", "{execution}", "Executions that were suspended because their store failed.");
    static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("orkestra.execution.duration", "s", "The time from start to end of executions.");
    static readonly Histogram<double> TaskDurations = Meter.CreateHistogram<double>("orkestra.task.duration", "s", "The time of task attempts, by outcome.");

    /// <summary>An execution starts. Child executions of distributed Maps are left out of all of these.</summary>
    internal static void Started(ExecutionPump pump)
    {
        if (pump.IsChild) return;
        var machine = pump.Start.Machine.Name;
        Starts.Add(1, new KeyValuePair<string, object?>(StateMachine, machine));
        pump.Activity = BeginExecution(pump, machine, Activity.Current?.Context ?? default);
    }

    /// <summary>An execution comes back from the store.</summary>
    internal static void Resumed(ExecutionPump pump)
    {
        if (pump.IsChild || pump.Start is null) return;
        var machine = pump.Start.Machine.Name;
        Resumptions.Add(1, new KeyValuePair<string, object?>(StateMachine, machine));
        pump.Activity = BeginExecution(pump, machine, default)?.SetTag("orkestra.execution.resumed", true);
    }

    /// <summary>An execution has ended.</summary>
    internal static void Ended(ExecutionPump pump, ExecutionSnapshot end)
    {
        if (pump.IsChild) return;
        var machine = new KeyValuePair<string, object?>(StateMachine, pump.Start.Machine.Name);
        var status = new KeyValuePair<string, object?>("orkestra.execution.status", end.Status.ToString());
        Ends.Add(1, machine, status);
        Durations.Record((end.StopTimeOrNull!.Value - end.StartTime).TotalSeconds, machine, status);
        if (pump.Activity is not { } activity) return;
        activity.SetTag(status.Key, status.Value);
        Stop(pump, end.IsSuccess ? ActivityStatusCode.Ok : ActivityStatusCode.Error, end.Error);
    }

    /// <summary>An execution is suspended.</summary>
    internal static void Suspended(ExecutionPump pump, bool isFailure)
    {
        if (pump.IsChild || pump.Start is null) return;
        if (isFailure) Suspensions.Add(1, new KeyValuePair<string, object?>(StateMachine, pump.Start.Machine.Name));
        Stop(pump, isFailure ? ActivityStatusCode.Error : ActivityStatusCode.Unset, isFailure ? "Suspended" : null);
    }

    /// <summary>An execution that only waits leaves the memory.</summary>
    internal static void Unloaded(ExecutionPump pump) => Stop(pump, ActivityStatusCode.Unset, null);

    /// <summary>A task attempt begins. Until the caller resets it, its span is the current one.</summary>
    internal static ObservedTask BeginTask(ExecutionPump pump, TaskInvocation invocation)
    {
        var activity = pump.Activity is { } execution && Source.HasListeners() ? Source.StartActivity(invocation.StateName, ActivityKind.Internal, execution.Context) : null;
        activity?.SetTag("orkestra.task.resource", invocation.Resource.Text).SetTag("orkestra.task.attempt", invocation.Attempt);
        return new ObservedTask(activity, pump.Start.Machine.Name, invocation.StateName, TaskDurations);
    }

    static Activity? BeginExecution(ExecutionPump pump, string machine, ActivityContext parent)
    {
        if (!Source.HasListeners()) return null;
        var current = Activity.Current;
        var activity = Source.StartActivity(machine, ActivityKind.Internal, parent);
        // The caller goes on in its own span.
        Activity.Current = current;
        return activity?.SetTag(StateMachine, machine).SetTag("orkestra.execution.name", pump.Start.ResolveName()).SetTag("orkestra.execution.arn", pump.Start.ResolveArn());
    }

    static void Stop(ExecutionPump pump, ActivityStatusCode status, string? description)
    {
        if (pump.Activity is not { } activity) return;
        pump.Activity = null;
        activity.SetStatus(status, description);
        ObservedTask.Stop(activity);
    }
}

/// <summary>A task attempt under way.</summary>
internal sealed class ObservedTask(Activity? activity, string machine, string state, Histogram<double> durations)
{
    readonly long began = TimeProvider.System.GetTimestamp();

    /// <summary>Its span; null when nobody listens.</summary>
    internal Activity? Activity => activity;

    /// <summary>The attempt was answered.</summary>
    internal void End(in TaskOutcome outcome)
    {
        var error = outcome.IsSuccess ? null : outcome.Error ?? ErrorNames.Runtime;
        durations.Record(
            TimeProvider.System.GetElapsedTime(began).TotalSeconds, new("orkestra.state_machine.name", machine), new("orkestra.state.name", state), new("error.type", error));
        if (activity is null) return;
        activity.SetStatus(error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error);
        Stop(activity);
    }

    // Stopping makes the span before it the current one, on whatever thread this is.
    internal static void Stop(Activity activity)
    {
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current == activity ? null : current;
    }
}
