using System.Runtime.CompilerServices;
using Orkestra.Authoring;
using Orkestra.Client.Connections;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Client;

/// <summary>
/// What a client does, typed with the input and the output of its workflow. Every method throws <see cref="ServiceException"/> when the service refuses, and what
/// <see cref="WorkflowConnection.CallAsync"/> throws when it cannot be reached.
/// </summary>
public static class WorkflowClientExtensions
{
    /// <summary>Starts an execution.</summary>
    /// <param name="client">The client.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The name; a UUID when null. Starting a running execution with the same name and input again gives that execution.</param>
    /// <param name="cancellationToken">Ends the call. The execution may have started.</param>
    /// <returns>The execution, once its start is stored.</returns>
    /// <exception cref="PayloadException">The input has no JSON form.</exception>
    public static Task<WorkflowExecution<TOut>> StartAsync<TIn, TOut>(
        this IWorkflowClient<Workflow<TIn, TOut>> client, TIn input, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return StartAsync<TOut>(client, client.Serializer.Serialize(input), name, cancellationToken);
    }

    /// <summary>Starts an execution of a workflow without input.</summary>
    /// <param name="client">The client.</param>
    /// <param name="name">The name; a UUID when null.</param>
    /// <param name="cancellationToken">Ends the call. The execution may have started.</param>
    /// <returns>The execution, once its start is stored.</returns>
    public static Task<WorkflowExecution<TOut>> StartAsync<TOut>(this IWorkflowClient<Workflow<Nothing, TOut>> client, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return StartAsync<TOut>(client, JsonObject.Empty, name, cancellationToken);
    }

    /// <summary>Finds an execution.</summary>
    /// <param name="client">The client.</param>
    /// <param name="execution">Its name or its ARN.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The execution; null if it does not exist.</returns>
    public static async Task<WorkflowExecution<TOut>?> FindAsync<TIn, TOut>(
        this IWorkflowClient<Workflow<TIn, TOut>> client, string execution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(execution);
        var arn = execution.StartsWith("arn:", StringComparison.Ordinal) ? execution
            : ExecutionArns.Of(await client.GetStateMachineArnAsync(cancellationToken).ConfigureAwait(false), execution)!;
        var found = new WorkflowExecution<TOut>(client.Connection, client.Serializer, arn);
        try
        {
            await found.DescribeAsync(cancellationToken).ConfigureAwait(false);
            return found;
        }
        catch (ServiceException refusal) when (refusal.Code == "ExecutionDoesNotExist")
        {
            return null;
        }
    }

    /// <summary>Lists the executions of the workflow, newest first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="status">Those with this status; all when null.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The executions. Each page is read when it is reached.</returns>
    public static async IAsyncEnumerable<WorkflowExecution<TOut>> ListAsync<TIn, TOut>(
        this IWorkflowClient<Workflow<TIn, TOut>> client, ExecutionStatus? status = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var request = JsonObject.Create(("stateMachineArn", await client.GetStateMachineArnAsync(cancellationToken).ConfigureAwait(false)));
        if (status is { } wanted) request = request.With("statusFilter", ExecutionStatusName.Of(wanted));
        await foreach (var entry in Pages.AllAsync(client.Connection, "ListExecutions", request, "executions", cancellationToken).ConfigureAwait(false))
            yield return new WorkflowExecution<TOut>(client.Connection, client.Serializer, ((JsonString)entry["executionArn"]!).Value);
    }

    /// <summary>Completes a task that waits for its token.</summary>
    /// <param name="client">The client.</param>
    /// <param name="taskToken">The token that the task gave away.</param>
    /// <param name="output">The task's result.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Ends when the result is stored.</returns>
    /// <exception cref="ServiceException"><c>TaskTimedOut</c> or <c>TaskDoesNotExist</c>: no task waits for the token.</exception>
    /// <exception cref="PayloadException">The result has no JSON form.</exception>
    public static Task CompleteTaskAsync<TOutput>(this IWorkflowClient<Workflow> client, string taskToken, TOutput output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Connection.CallAsync("SendTaskSuccess", JsonObject.Create(("taskToken", taskToken), ("output", client.Serializer.Serialize(output).ToJson())), cancellationToken);
    }

    /// <summary>Fails a task that waits for its token.</summary>
    /// <param name="client">The client.</param>
    /// <param name="taskToken">The token that the task gave away.</param>
    /// <param name="error">The error's name, which the workflow may catch or retry.</param>
    /// <param name="cause">The error's cause; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Ends when the failure is stored.</returns>
    /// <exception cref="ServiceException"><c>TaskTimedOut</c> or <c>TaskDoesNotExist</c>: no task waits for the token.</exception>
    public static Task FailTaskAsync(this IWorkflowClient<Workflow> client, string taskToken, string error, string? cause = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var request = JsonObject.Create(("taskToken", taskToken), ("error", error));
        return client.Connection.CallAsync("SendTaskFailure", cause is null ? request : request.With("cause", cause), cancellationToken);
    }

    /// <summary>Reports that the work on a task that waits for its token goes on, so that its heartbeat timeout begins anew.</summary>
    /// <param name="client">The client.</param>
    /// <param name="taskToken">The token that the task gave away.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ServiceException"><c>TaskTimedOut</c> or <c>TaskDoesNotExist</c>: no task waits for the token.</exception>
    public static Task HeartbeatAsync(this IWorkflowClient<Workflow> client, string taskToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Connection.CallAsync("SendTaskHeartbeat", JsonObject.Create(("taskToken", taskToken)), cancellationToken);
    }

    static async Task<WorkflowExecution<TOut>> StartAsync<TOut>(IWorkflowClient<Workflow> client, JsonValue input, string? name, CancellationToken cancellationToken)
    {
        // With a name, a start that is repeated starts nothing a second time.
        var started = await client.Connection.CallAsync(
            "StartExecution",
            JsonObject.Create(
                ("stateMachineArn", await client.GetStateMachineArnAsync(cancellationToken).ConfigureAwait(false)), ("name", name ?? Guid.NewGuid().ToString()), ("input", input.ToJson())),
            cancellationToken).ConfigureAwait(false);
        return new WorkflowExecution<TOut>(client.Connection, client.Serializer, AnswerFields.Required(started, "executionArn"));
    }
}
