using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>Calls one service. Adding a service adds its file.</summary>
internal interface IForwardedService
{
    ForwardedService Service { get; }

    /// <summary>Whether a task is one of this service's.</summary>
    bool Handles(TaskResource resource) => resource.Service == Service.Optimized || resource.Service == $"aws-sdk:{Service.Sdk}";

    /// <summary>Calls the service.</summary>
    /// <exception cref="ServiceCallException">It refuses, or does not answer.</exception>
    ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation);
}

/// <summary>The names of a service.</summary>
internal sealed record ForwardedService
{
    /// <summary>In sentences.</summary>
    internal required string Name { get; init; }

    /// <summary>In resources of optimized integrations; null when it has none.</summary>
    internal string? Optimized { get; init; }

    /// <summary>In resources of SDK integrations.</summary>
    internal required string Sdk { get; init; }

    /// <summary>Before the errors of SDK integrations.</summary>
    internal required string SdkErrors { get; init; }

    /// <summary>Before the errors of optimized integrations.</summary>
    internal string OptimizedErrors { get; init; } = "";

    /// <summary>In the causes of optimized integrations.</summary>
    internal string OptimizedCause { get; init; } = "";

    /// <summary>In signatures.</summary>
    internal required string Signing { get; init; }

    /// <summary>The environment variables that may name its endpoint, first the best.</summary>
    internal required string[] Variables { get; init; }
}
