using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Generating;

/// <summary>
/// Answers tasks of random definitions: at once, later, with an error, by a callback, or never, as a number made of the script, the state and the attempt says.
/// No answer comes in the instant in which a timeout is due: which of the two comes first is not decided by what is stored.
/// </summary>
sealed class ScriptedWorld(int script, SkippingTimeProvider clock) : ITaskInvoker
{
    readonly List<ITimer> timers = [];

    /// <summary>Whether tasks no longer fail.</summary>
    public bool IsMended { get; set; }

    public OrkestraRuntime Runner { get; set; } = null!;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var number = Number(invocation);
        if (invocation.Resource.Kind == TaskResourceKind.Activity)
        {
            After(number % 15 + 0.03, () => _ = WorkAsync(number));
            return new(TaskOutcome.Unhandled);
        }

        if (invocation.Resource.Pattern == TaskPattern.WaitForTaskToken)
        {
            var token = invocation.TaskToken;
            if (number % 3 == 0) After(number % 9 + 0.17, () => _ = Runner.SendTaskHeartbeatAsync(token));
            if (number % 7 != 6 || invocation.TimeoutSeconds is null) After(number % 25 + 0.31, () => Complete(token, number));
            return number % 2 == 0 ? new(TaskOutcome.Result(Answer)) : Later(invocation, number % 4 + 0.07, TaskOutcome.Result(Answer));
        }

        if (invocation.Resource.Pattern == TaskPattern.Sync)
        {
            if (number % 2 == 0) invocation.ReportSubmitted(Answer);
            return Later(invocation, number % 60 + 0.31, number % 5 == 0 ? Failure(number) : TaskOutcome.Result(Answer));
        }

        switch (number % 10)
        {
            case < 4 or 9 when number % 10 < 4 || invocation.TimeoutSeconds is null || IsMended: return new(TaskOutcome.Payload(Answer));
            case < 6: return Later(invocation, number % 40 + 0.31, TaskOutcome.Payload(Answer));
            case 6: return new(Failure(number));
            case 7: return Later(invocation, number % 40 + 0.31, Failure(number));
            case 8 when !IsMended: throw new InvalidOperationException("as scripted");
            default: return Later(invocation, 4_000_000, TaskOutcome.Payload(Answer));
        }
    }

    static JsonObject Answer { get; } = JsonObject.Create(("done", true));

    async Task WorkAsync(int number)
    {
        var task = await Runner.Activities.GetTaskAsync(Tasks.Activity, number % 2 == 0 ? "worker" : null);
        After(number % 9 + 0.17, () => _ = Runner.SendTaskHeartbeatAsync(task.TaskToken));
        After(number % 12 + 0.31, () => Complete(task.TaskToken, number));
    }

    void Complete(string token, int number)
    {
        if (number % 4 == 0 && !IsMended) _ = Runner.SendTaskFailureAsync(token, "Boom", "as scripted");
        else _ = Runner.SendTaskSuccessAsync(token, Answer);
    }

    TaskOutcome Failure(int number) => IsMended ? TaskOutcome.Result(Answer) : TaskOutcome.Failure(number % 3 == 0 ? "Other" : "Boom", "as scripted");

    async ValueTask<TaskOutcome> Later(TaskInvocation invocation, double seconds, TaskOutcome outcome)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, invocation.CancellationToken);
        return outcome;
    }

    void After(double seconds, Action what)
    {
        lock (timers) timers.Add(clock.CreateTimer(_ => what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan));
    }

    // The same in every process.
    int Number(TaskInvocation invocation)
    {
        var number = (uint)script;
        foreach (var c in $"{invocation.StateName}/{invocation.Attempt}/{invocation.Input["n"]}") number = (number ^ c) * 16777619;
        return (int)(number >> 8);
    }
}
