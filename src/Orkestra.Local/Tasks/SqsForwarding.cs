using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>SQS: <c>sqs:sendMessage</c>, and every action of <c>aws-sdk:sqs</c>.</summary>
internal sealed class SqsForwarding(ServiceClient client) : IForwardedService
{
    public ForwardedService Service { get; } = new()
    {
        Name = "SQS",
        Optimized = "sqs",
        Sdk = "sqs",
        SdkErrors = "Sqs",
        OptimizedErrors = "SQS",
        OptimizedCause = "AmazonSQS",
        Signing = "sqs",
        Variables = ["AWS_ENDPOINT_URL_SQS", "SQS_ENDPOINT"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var request = TaskNames.WithText(invocation.Input, "MessageBody");
        var answer = await client.CallJsonAsync(Service, $"AmazonSQS.{TaskNames.Action(invocation.Resource)}", "1.0", request, invocation.CancellationToken).ConfigureAwait(false);
        return invocation.Resource.Service == Service.Optimized ? TaskOutcome.OptimizedResult(answer) : TaskOutcome.Result(answer);
    }
}
