using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Times as the language counts them: in whole seconds.</summary>
internal static class Seconds
{
    const int Most = 99_999_999;

    public static int Of(TimeSpan time, string what)
    {
        if (time < TimeSpan.FromSeconds(1) || time.Ticks % TimeSpan.TicksPerSecond != 0 || time > TimeSpan.FromSeconds(Most))
            throw new WorkflowException($"{what} is {time:c}, but it must be a whole number of seconds between 1 and {Most}.");
        return (int)time.TotalSeconds;
    }

    /// <summary>A task, when a heartbeat can be missed before its time is over (https://states-language.net/spec.html#task-state).</summary>
    public static TaskState Fitting(TaskState task, string what) => task is { HeartbeatSeconds: JsonNumber { Value: var heartbeat }, TimeoutSeconds: JsonNumber { Value: var timeout } } && heartbeat >= timeout
        ? throw new WorkflowException($"The heartbeat of {what} is {TimeSpan.FromSeconds(heartbeat):c}, but it must be shorter than its timeout of {TimeSpan.FromSeconds(timeout):c}.")
        : task;
}
