using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>DynamoDB: <c>dynamodb:getItem</c> and the like, and every action of <c>aws-sdk:dynamodb</c>.</summary>
internal sealed class DynamoDbForwarding(ServiceClient client) : IForwardedService
{
    public ForwardedService Service { get; } = new()
    {
        Name = "DynamoDB",
        Optimized = "dynamodb",
        Sdk = "dynamodb",
        SdkErrors = "DynamoDb",
        OptimizedErrors = "DynamoDB",
        OptimizedCause = "AmazonDynamoDBv2",
        Signing = "dynamodb",
        Variables = ["AWS_ENDPOINT_URL_DYNAMODB", "DYNAMODB_ENDPOINT"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var answer = await client.CallJsonAsync(Service, $"DynamoDB_20120810.{TaskNames.Action(invocation.Resource)}", "1.0", invocation.Input, invocation.CancellationToken).ConfigureAwait(false);
        return invocation.Resource.Service == Service.Optimized ? TaskOutcome.OptimizedResult(answer) : TaskOutcome.Result(answer);
    }
}
