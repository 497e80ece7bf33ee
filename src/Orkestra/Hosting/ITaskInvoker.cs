namespace Orkestra.Hosting;

/// <summary>Carries out the tasks of executions. One invoker serves many executions on many threads.</summary>
public interface ITaskInvoker
{
    /// <summary>Carries out one attempt of a task.</summary>
    /// <param name="invocation">What is to be done.</param>
    /// <returns>
    /// The answer; <see cref="TaskOutcome.Unhandled"/> when the resource is none of this invoker's. An exception becomes an error named after its type, as
    /// a Lambda function's would. An answer that is there at once costs least.
    /// </returns>
    ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation);
}
