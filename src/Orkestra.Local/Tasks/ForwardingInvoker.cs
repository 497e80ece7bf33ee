using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>
/// Handles tasks by calling AWS services at the endpoints that environment variables name, as AWS SDKs do: <c>AWS_ENDPOINT_URL_DYNAMODB</c> and the like,
/// <c>AWS_ENDPOINT_URL</c> for all, and the variables of Step Functions Local (<c>LAMBDA_ENDPOINT</c>, <c>DYNAMODB_ENDPOINT</c>, …). It forwards to Lambda, DynamoDB, SQS, SNS,
/// EventBridge and S3. A task of one of them without an endpoint, and any other integration, fails with a sentence that says what to set. Safe to use from any thread.
/// </summary>
public sealed class ForwardingInvoker : ITaskInvoker, IDisposable
{
    readonly ServiceClient client;
    readonly IForwardedService[] services;

    /// <summary>Creates an invoker.</summary>
    /// <param name="environment">The value of an environment variable, null when it is not set; the variables of the process when null.</param>
    /// <param name="region">The region that requests are signed for.</param>
    public ForwardingInvoker(Func<string, string?>? environment = null, string region = "us-east-1")
    {
        client = new ServiceClient(environment ?? Environment.GetEnvironmentVariable, region);
        services = [new LambdaForwarding(client), new DynamoDbForwarding(client), new SqsForwarding(client), new SnsForwarding(client), new EventBridgeForwarding(client), new S3Forwarding(client)];
    }

    /// <inheritdoc/>
    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var resource = invocation.Resource;
        if (resource.Kind is not (TaskResourceKind.Integration or TaskResourceKind.LambdaFunction)) return TaskOutcome.Unhandled;
        // What the runtime handles itself: nested executions and HTTP tasks.
        if (resource.Service is "states" or "aws-sdk:sfn" or "http") return TaskOutcome.Unhandled;
        if (Array.Find(services, service => service.Handles(resource)) is not { } found)
        {
            return Refused(
                $"Tasks of '{resource.Service}' are not forwarded, so that '{resource}' of the state '{invocation.StateName}' cannot be carried out. Mock the state with SFN_MOCK_CONFIG, or give the runtime an invoker that handles it.");
        }

        if (resource.Pattern == TaskPattern.Sync)
            return Refused($"'{resource}' of the state '{invocation.StateName}' waits for a job, which is not forwarded. Mock the state with SFN_MOCK_CONFIG.");
        if (client.EndpointOf(found.Service) is null)
        {
            return Refused(
                $"No endpoint of {found.Service.Name} is known for '{resource}' of the state '{invocation.StateName}'. Set {found.Service.Variables[0]} or AWS_ENDPOINT_URL to its address, or mock the state with SFN_MOCK_CONFIG.");
        }

        try
        {
            return await found.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (ServiceCallException refusal)
        {
            return refusal.ToOutcome(resource, found.Service);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => client.Dispose();

    static TaskOutcome Refused(string message) => TaskOutcome.Failure(ErrorNames.Runtime, message);
}
