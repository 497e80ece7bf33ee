using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Lambda.Logging;
using Orkestra.Lambda.Observability;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tracing;

namespace Orkestra.Lambda;

/// <summary>The workflows, steps and services of a Lambda program.</summary>
public sealed class LambdaOptions
{
    readonly FunctionCatalog _catalog = new();
    Func<ILoggerFactory, FunctionServices>? _services;

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// The telemetry of the function. Options registered with the services (<see cref="ObservabilityServices.AddObservability"/>) take precedence.
    /// </summary>
    public ObservabilityOptions Observability { get; } = new();

    /// <summary>Adds a workflow, each of whose steps this binary can run.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="json">How its payloads are written, such as <c>MyContext.Default.Options</c> for Native AOT; as the workflow says when null.</param>
    public LambdaOptions Add(Workflow workflow, JsonSerializerOptions? json = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        _catalog.Add(workflow, json);
        return this;
    }

    /// <summary>Adds a step that belongs to no workflow.</summary>
    /// <param name="step">The step.</param>
    /// <param name="json">How its payloads are written; web defaults (camel case) when null, which needs reflection.</param>
    public LambdaOptions Add(IStep step, JsonSerializerOptions? json = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        _catalog.Add(step, json);
        return this;
    }

    /// <summary>
    /// Adds the services that steps ask for. They are created once for each process, when it starts. A function whose step can reach no services, because it takes no <see cref="StepContext"/>, starts without them unless
    /// they have something to do with observability.
    /// </summary>
    public LambdaOptions UseServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // The container is named only here, so that a binary which needs none is trimmed of it.
        _services = loggers =>
        {
            var collection = new ServiceCollection();
            collection.AddSingleton(loggers);
            collection.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
            collection.AddSingleton(TimeProvider);
            services(collection);
            return new(collection, collection.BuildServiceProvider);
        };
        return this;
    }

    /// <summary>Adds a workflow and, unless the program is trimmed, all others of its assembly.</summary>
    internal LambdaOptions AddWithOthers(Workflow workflow)
    {
        _catalog.AddOthers(workflow.GetType().Assembly);
        return Add(workflow);
    }

    internal void WriteManifest(string path) => ManifestWriter.Write(path, _catalog.Describe());

    internal IFunction Open(LambdaEnvironment environment, Stream? output = null)
    {
        // Before the steps are looked at, whose class may make the HttpClient that has to carry traces on: it asks only once how.
        if (new ObservabilitySettings(Observability, environment, null, _catalog.IsObserved).Traces)
            ObservedFunction.PropagateTraces();
        var entry = _catalog.Find(environment);
        var log = new FunctionLoggerFactory((output ?? Console.OpenStandardOutput()).Write, TimeProvider);
        var services = _services?.Invoke(log).For(entry);
        var settings = new ObservabilitySettings(
            services?.GetService(typeof(ObservabilityOptions)) as ObservabilityOptions ?? Observability,
            environment, entry.Workflow?.Name, entry.Workflow?.Observability ?? false);
        log.Configure(settings, environment, entry.Serializer.Options);
        if (services?.GetService(typeof(IEnumerable<ILoggerProvider>)) is IEnumerable<ILoggerProvider> providers)
            foreach (var provider in providers)
                log.AddProvider(provider);

        var step = new StepFunction(entry, services, log.CreateLogger(entry.Step.Name), TimeProvider);
        if (!settings.Any)
            return step;
        if (settings.Traces)
            ObservedFunction.PropagateTraces();
        var flushes = services?.GetService(typeof(IEnumerable<ITelemetryFlush>)) as IEnumerable<ITelemetryFlush>;
        return new ObservedFunction(step, settings, log, environment, [.. flushes ?? []]);
    }
}
