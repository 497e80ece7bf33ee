using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Local;

namespace Orkestra.AspNetCore;

/// <summary>Mounts the Step Functions endpoint in an app.</summary>
public static class StepFunctionsEndpoint
{
    /// <summary>
    /// Answers the requests of AWS SDKs and of the AWS CLI: AWS JSON 1.0, <c>POST</c> with <c>X-Amz-Target: AWSStepFunctions.Action</c>. By default only this machine may call, and
    /// never a web page. A body has at most 1 MiB. Signatures are not checked.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path; clients expect <c>/</c>, the default.</param>
    /// <param name="configure">Changes who may call.</param>
    /// <returns>The endpoint, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException"><see cref="StepFunctionsServices.AddStepFunctions"/> was not called.</exception>
    public static IEndpointConventionBuilder MapStepFunctions(this IEndpointRouteBuilder endpoints, string pattern = "/", Action<StepFunctionsEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var service = endpoints.ServiceProvider.GetService<StepFunctionsService>()
            ?? throw new InvalidOperationException($"The app has no {nameof(StepFunctionsService)}. Call builder.Services.{nameof(StepFunctionsServices.AddStepFunctions)}() before the app is built.");
        var options = new StepFunctionsEndpointOptions();
        configure?.Invoke(options);
        var logger = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Orkestra.StepFunctions");
        var stopping = endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        return endpoints.MapPost(pattern, new RequestAnswerer(service, new CallerCheck(options.Token), logger, stopping).AnswerAsync).WithDisplayName("AWS Step Functions");
    }
}
