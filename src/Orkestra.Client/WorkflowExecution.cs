using System.Runtime.CompilerServices;
using Orkestra.Authoring;
using Orkestra.Client.Connections;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Client;

/// <summary>An execution, wherever it runs. Each method asks the service. Safe to use from any thread.</summary>
/// <typeparam name="TOut">The output of the workflow.</typeparam>
public sealed class WorkflowExecution<TOut>
{
    readonly WorkflowConnection connection;
    readonly PayloadSerializer serializer;

    internal WorkflowExecution(WorkflowConnection connection, PayloadSerializer serializer, string arn)
    {
        this.connection = connection;
        this.serializer = serializer;
        Arn = arn;
    }

    /// <summary>The ARN.</summary>
    public string Arn { get; }

    /// <summary>The name.</summary>
    public string Name => Arn[(Arn.LastIndexOf(':') + 1)..];

    /// <summary>Describes the execution as it is now.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ServiceException"><c>ExecutionDoesNotExist</c>.</exception>
    /// <exception cref="PayloadException">The output is no <typeparamref name="TOut"/>.</exception>
    public async Task<WorkflowExecutionDescription<TOut>> DescribeAsync(CancellationToken cancellationToken = default) =>
        Read(await connection.CallAsync("DescribeExecution", Request(), cancellationToken).ConfigureAwait(false));

    /// <summary>Waits for the end. Over an endpoint the client asks again and again, at most every two seconds once it has waited a while.</summary>
    /// <param name="cancellationToken">Ends the waiting; the execution goes on.</param>
    /// <returns>The output.</returns>
    /// <exception cref="WorkflowExecutionException">The execution ended without an output.</exception>
    /// <exception cref="PayloadException">The output is no <typeparamref name="TOut"/>.</exception>
    public async Task<TOut> WaitAsync(CancellationToken cancellationToken = default)
    {
        var ended = Read(await connection.WaitAsync(Arn, cancellationToken).ConfigureAwait(false));
        return ended.Status == ExecutionStatus.Succeeded ? ended.Output! : throw new WorkflowExecutionException(Arn, ended.Status, ended.Error, ended.Cause);
    }

    /// <summary>Stops the execution, which then ends as <see cref="ExecutionStatus.Aborted"/>. Nothing changes when it has ended.</summary>
    /// <param name="error">The error to end with; null for none.</param>
    /// <param name="cause">The cause to end with; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task StopAsync(string? error = null, string? cause = null, CancellationToken cancellationToken = default)
    {
        var request = Request();
        if (error is not null) request = request.With("error", error);
        if (cause is not null) request = request.With("cause", cause);
        return connection.CallAsync("StopExecution", request, cancellationToken);
    }

    /// <summary>Begins the execution again where it failed: what succeeded is not done again.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ServiceException"><c>ExecutionNotRedrivable</c>: the execution runs, or succeeded.</exception>
    public Task RedriveAsync(CancellationToken cancellationToken = default) =>
        connection.CallAsync("RedriveExecution", Request().With("clientToken", Guid.NewGuid().ToString()), cancellationToken);

    /// <summary>The events up to now, oldest first.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The events. Each page is read when it is reached.</returns>
    public async IAsyncEnumerable<ExecutionEvent> HistoryAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var happened in Pages.AllAsync(connection, "GetExecutionHistory", Request().With("maxResults", 1_000), "events", cancellationToken).ConfigureAwait(false))
            yield return new ExecutionEvent((JsonObject)happened);
    }

    JsonObject Request() => JsonObject.Create(("executionArn", Arn));

    WorkflowExecutionDescription<TOut> Read(JsonObject json)
    {
        var output = AnswerFields.Text(json, "output");
        return new WorkflowExecutionDescription<TOut>
        {
            Status = StatusOf(AnswerFields.Required(json, "status")),
            StartTime = TimeOf(json, "startDate")!.Value,
            StopTime = TimeOf(json, "stopDate"),
            Output = output is null ? default : serializer.Deserialize<TOut>(JsonValue.Parse(output)),
            Error = AnswerFields.Text(json, "error"),
            Cause = AnswerFields.Text(json, "cause"),
            RedriveCount = ((JsonValue)json)["redriveCount"] is JsonNumber count ? (int)count.Value : 0,
        };
    }

    static ExecutionStatus StatusOf(string status) => status switch
    {
        // A child execution that waits for the redrive of its Map Run.
        "PENDING_REDRIVE" => ExecutionStatus.Running,
        "TIMED_OUT" => ExecutionStatus.TimedOut,
        _ => Enum.Parse<ExecutionStatus>(status, ignoreCase: true),
    };

    static DateTimeOffset? TimeOf(JsonValue json, string name) => json[name] is JsonNumber seconds ? ExecutionEvent.TimeOf(seconds) : null;
}
