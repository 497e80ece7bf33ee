using System.Collections.Concurrent;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>Notes of each task that is asked for what cannot be seen in the events.</summary>
sealed class NotingInvoker(ITaskInvoker inner) : ITaskInvoker
{
    readonly ConcurrentDictionary<(string Arn, TaskId Task), Note> notes = new();

    /// <summary>What was seen of a task, or null when the execution was stopped in the instant in which the task was due, before it was invoked.</summary>
    public Note? Of(string arn, TaskId task) => notes.GetValueOrDefault((arn, task));

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var isActivity = invocation.Resource.Kind == TaskResourceKind.Activity;
        var token = isActivity || invocation.Resource.Pattern == TaskPattern.WaitForTaskToken ? invocation.TaskToken : null;
        // One that throws has answered too.
        notes[(invocation.ExecutionArn, invocation.Task)] = new Note(true, false, token, invocation.Resource.Text);
        var answer = inner.InvokeAsync(invocation);
        var isUnhandled = answer.IsCompletedSuccessfully && !answer.Result.IsHandled;
        notes[(invocation.ExecutionArn, invocation.Task)] = new Note(answer.IsCompleted, isUnhandled, token, invocation.Resource.Text);
        return answer;
    }

    /// <summary>What was seen of one attempt of a task.</summary>
    /// <param name="IsAtOnce">Whether it was answered before the call returned.</param>
    /// <param name="IsUnhandled">Whether nobody knew the resource.</param>
    /// <param name="Token">The token it was given, if it waits for one.</param>
    /// <param name="Resource">The resource.</param>
    public sealed record Note(bool IsAtOnce, bool IsUnhandled, string? Token, string Resource);
}
