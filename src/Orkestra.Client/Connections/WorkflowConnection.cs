using Amazon.Runtime;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;

namespace Orkestra.Client.Connections;

/// <summary>
/// Where executions run: in a runtime of this process, behind a Step Functions endpoint, or on AWS. All three answer the same requests with the same JSON, so that code over a
/// connection does not depend on the place. Safe to use from any thread.
/// </summary>
public abstract class WorkflowConnection : IDisposable
{
    private protected WorkflowConnection(TimeProvider clock) => Clock = clock;

    /// <summary>The clock of pauses between requests.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>Connects to a runtime of this process.</summary>
    /// <param name="runtime">The runtime, which the caller owns.</param>
    public static WorkflowConnection ToRuntime(OrkestraRuntime runtime)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return new RuntimeConnection(runtime);
    }

    /// <summary>Connects to a Step Functions endpoint such as <c>orkestra local</c>. Requests are not signed.</summary>
    /// <param name="endpoint">The address, such as <c>http://127.0.0.1:8083</c>.</param>
    /// <param name="token">The secret of an endpoint that was started with one; null, the default, for none.</param>
    /// <param name="clock">The clock of pauses between requests; the system's when null.</param>
    public static WorkflowConnection ToEndpoint(Uri endpoint, string? token = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new EndpointConnection(endpoint, new TokenAuthentication(token), clock ?? TimeProvider.System);
    }

    /// <summary>
    /// Connects to AWS Step Functions. Requests are signed with Signature Version 4. Credentials and region come from where AWS SDKs find them: environment variables, profiles,
    /// the role of the container or the instance.
    /// </summary>
    /// <param name="options">Region, credentials and address; found as AWS SDKs find them when null.</param>
    /// <exception cref="InvalidOperationException">No region is configured.</exception>
    public static WorkflowConnection ToAws(AwsConnectionOptions? options = null)
    {
        options ??= new AwsConnectionOptions();
        return new EndpointConnection(AwsAddress.Of(options), new AwsAuthentication(options), options.TimeProvider);
    }

    /// <summary>Calls an action of the Step Functions API.</summary>
    /// <param name="action">The action, such as <c>StartExecution</c>. A runtime of this process offers the actions about executions.</param>
    /// <param name="request">The request, with the member names of the API reference.</param>
    /// <param name="cancellationToken">Ends the call. What the service has begun is completed.</param>
    /// <returns>The response. Timestamps are seconds since 1970; inputs and outputs are JSON as text.</returns>
    /// <exception cref="ServiceException">The service refuses the request.</exception>
    /// <exception cref="HttpRequestException">The service did not answer, after several attempts.</exception>
    /// <exception cref="AmazonClientException">No AWS credentials were found.</exception>
    /// <exception cref="Orkestra.Hosting.Storage.ExecutionStoreException">The store of the runtime failed.</exception>
    public abstract Task<JsonObject> CallAsync(string action, JsonObject request, CancellationToken cancellationToken = default);

    /// <summary>Closes the connection. A runtime goes on.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The ARN of the state machine with a name.</summary>
    /// <exception cref="ServiceException"><c>StateMachineDoesNotExist</c>.</exception>
    internal abstract Task<string> FindStateMachineAsync(string name, CancellationToken cancellationToken);

    /// <summary>The description of an execution, once it has ended.</summary>
    internal abstract Task<JsonObject> WaitAsync(string executionArn, CancellationToken cancellationToken);

    private protected abstract void Dispose(bool disposing);

    private protected static ServiceException NoStateMachine(string name) => new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{name}'");
}
