using System.Text;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Local.Tasks;

/// <summary>
/// Lambda functions over any endpoint with the Invoke API (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html), such as <c>sam local start-lambda</c> or the runtime
/// interface emulator: by their ARN, <c>lambda:invoke</c>, and <c>aws-sdk:lambda:invoke</c>.
/// </summary>
internal sealed class LambdaForwarding(ServiceClient client) : IForwardedService
{
    const string Unknown = "Lambda.Unknown";

    public ForwardedService Service { get; } = new()
    {
        Name = "Lambda",
        Optimized = "lambda",
        Sdk = "lambda",
        SdkErrors = "Lambda",
        OptimizedErrors = "Lambda",
        OptimizedCause = "AWSLambda",
        Signing = "lambda",
        Variables = ["LAMBDA_ENDPOINT", "AWS_ENDPOINT_URL_LAMBDA"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var resource = invocation.Resource;
        var isSdk = resource.Service != Service.Optimized;
        if (resource.Kind == TaskResourceKind.Integration && TaskNames.Action(resource) != "Invoke")
            throw new ServiceCallException("UnsupportedOperationException", $"The action {TaskNames.Action(resource)} of Lambda is not forwarded. Mock the state '{invocation.StateName}' with SFN_MOCK_CONFIG", 0);
        var (name, payload) = resource.Kind == TaskResourceKind.LambdaFunction ? (resource.Text, invocation.Input) : (Text(invocation.Input, "FunctionName") ?? "", invocation.Input["Payload"]);
        var (function, qualifier) = FunctionName.Parse(name);
        qualifier = Text(invocation.Input, "Qualifier") ?? qualifier;
        List<(string, string)> headers = [("Content-Type", "application/json")];
        if (Text(invocation.Input, "InvocationType") is { } type) headers.Add(("X-Amz-Invocation-Type", type));
        if (Text(invocation.Input, "ClientContext") is { } context) headers.Add(("X-Amz-Client-Context", context));
        var path = $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations{(qualifier is null ? "" : $"?Qualifier={Uri.EscapeDataString(qualifier)}")}";
        // A payload of null is no payload, and a function then gets an empty event.
        var body = payload is null or JsonNull ? "{}" : isSdk && payload is JsonString { Value: var text } ? text : payload.ToJson();
        var response = await client.SendAsync(Service, HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), headers, invocation.CancellationToken).ConfigureAwait(false);
        var answer = response.Json();
        if (!response.IsSuccess)
        {
            var error = response.Header("x-amzn-errortype")?.Split(':')[0] ?? Text(answer, "__type") ?? response.Status switch
            {
                404 => "ResourceNotFoundException",
                429 => "TooManyRequestsException",
                >= 500 => "ServiceException",
                _ => "InvalidRequestContentException",
            };
            throw new ServiceCallException(error, ServiceClient.MessageOf(answer), response.Status, response.RequestId);
        }

        // The function threw: the service gives the name of the error, and the whole answer as the cause.
        if (response.Header("X-Amz-Function-Error") is not null && !isSdk) return TaskOutcome.Failure(Text(answer, "errorType") ?? Unknown, Encoding.UTF8.GetString(response.Body));
        if (!isSdk) return TaskOutcome.Payload(answer);
        var result = JsonObject.Create(("ExecutedVersion", response.Header("X-Amz-Executed-Version") ?? "$LATEST"), ("Payload", Encoding.UTF8.GetString(response.Body)), ("StatusCode", response.Status));
        return TaskOutcome.Result(response.Header("X-Amz-Function-Error") is { } thrown ? result.With("FunctionError", thrown) : result);
    }

    static string? Text(JsonValue input, string name) => (input[name] as JsonString)?.Value;
}
