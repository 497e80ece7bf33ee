using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>A service refuses a call, or does not answer.</summary>
/// <param name="code">The service's code of the error.</param>
/// <param name="message">The service's words.</param>
/// <param name="status">The HTTP status; 0 without an answer.</param>
/// <param name="requestId">The service's id of the request; null for none.</param>
internal sealed class ServiceCallException(string code, string message, int status, string? requestId = null) : Exception(message)
{
    /// <summary>The code of a call without an answer.</summary>
    internal const string NoAnswer = "SdkClientException";

    /// <summary>The error in the form of the integration (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html).</summary>
    internal TaskOutcome ToOutcome(TaskResource resource, ForwardedService service)
    {
        var name = code.EndsWith("Exception", StringComparison.Ordinal) || code.EndsWith("Error", StringComparison.Ordinal) ? code : code + "Exception";
        if (resource.Service.StartsWith("aws-sdk:", StringComparison.Ordinal))
            return TaskOutcome.Failure($"{service.SdkErrors}.{name}", status == 0 ? Message : $"{Message} (Service: {service.SdkErrors}, Status Code: {status}, Request ID: {requestId}) (SDK Attempt Count: 1)");
        return TaskOutcome.Failure(
            $"{service.OptimizedErrors}.{name}",
            status == 0 ? Message : $"{Message} (Service: {service.OptimizedCause}; Status Code: {status}; Error Code: {code}; Request ID: {requestId}; Proxy: null)");
    }
}
