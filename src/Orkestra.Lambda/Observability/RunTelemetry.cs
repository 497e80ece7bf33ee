using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Lambda.Logging;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tracing;

namespace Orkestra.Lambda.Observability;

/// <summary>
/// The telemetry of a run in this process, with the same switch: the same logs, on standard error, and one trace with the run as its root and a span for each step.
/// If it is off, this only holds the services. Dispose it when the run has ended: that exports its spans and disposes of the services. Steps may be wrapped from any thread.
/// </summary>
public sealed class RunTelemetry : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly FunctionLoggerFactory _log;
    readonly ObservabilitySettings _settings;
    readonly ITelemetryFlush[] _flushes;
    readonly Activity? _run;

    RunTelemetry(ServiceProvider services, FunctionLoggerFactory log, ObservabilitySettings settings, string workflow)
    {
        (_services, _log, _settings) = (services, log, settings);
        _flushes = settings.Traces ? [.. services.GetServices<ITelemetryFlush>()] : [];
        if (settings.Traces)
            ObservedFunction.PropagateTraces();
        _run = StepTracer.StartRun(workflow, settings);
        log.Begin(new()
        {
            CorrelationId = RunName,
            XRayTraceId = _run is null ? null : XRayTraceHeader.From(_run.Context).Root,
        });
    }

    /// <summary>The services of the run.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The run's name, which is the correlation id of its logs.</summary>
    public string RunName { get; } = Guid.NewGuid().ToString();

    /// <summary>Begins a run.</summary>
    /// <param name="workflow">The workflow, which may ask for observability itself.</param>
    /// <param name="configure">Adds the services of the program; none when null.</param>
    /// <param name="error">Where logs go, beside the result.</param>
    public static RunTelemetry Start(Workflow workflow, Action<IServiceCollection>? configure, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(error);
        var collection = new ServiceCollection();
        collection.AddLogging();
        configure?.Invoke(collection);
        var options = collection.LastOrDefault(service => service.ServiceType == typeof(ObservabilityOptions))?.ImplementationInstance as ObservabilityOptions;
        var settings = new ObservabilitySettings(options ?? new(), LambdaEnvironment.Current, workflow.Name, workflow.Observability);
        var log = new FunctionLoggerFactory(line => error.Write(Encoding.UTF8.GetString(line)), TimeProvider.System);
        log.Configure(settings, LambdaEnvironment.Current, null);
        if (settings.Logs)
            collection.AddSingleton<ILoggerFactory>(log);
        var services = collection.BuildServiceProvider();
        if (settings.Logs)
            foreach (var provider in services.GetServices<ILoggerProvider>())
                log.AddProvider(provider);
        return new(services, log, settings, workflow.Name);
    }

    /// <summary>Wraps a step attempt and returns its result; for <c>OrkestraOptions.StepInterceptor</c>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="call">Calls the step. What it throws is recorded and thrown again.</param>
    public async ValueTask<JsonValue> Around(IStep step, StepContext context, Func<ValueTask<JsonValue>> call)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(call);
        using var activity = StepTracer.StartStep(step.Name, context.Attempt, _run, _settings);
        try
        {
            var output = await call();
            StepTracer.Succeed(activity, _settings.CaptureResponse && activity is not null ? output.ToUtf8Bytes() : [], _settings);
            return output;
        }
        catch (Exception exception)
        {
            StepTracer.Fail(activity, exception, _settings);
            if (_settings.Logs)
                LogMessages.StepFailed(_log.CreateLogger(step.Name), step.Name, InvocationError.NameOf(exception.GetType()), exception);
            throw;
        }
    }

    /// <summary>Ends the run's span.</summary>
    /// <param name="succeeded">Whether the run succeeded.</param>
    /// <param name="error">The name of the error it failed with; null for none.</param>
    public void End(bool succeeded, string? error)
    {
        _run?.SetStatus(succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error, error);
        _run?.Stop();
    }

    /// <summary>Exports the spans of the run and disposes of its services.</summary>
    public async ValueTask DisposeAsync()
    {
        _run?.Dispose();
        foreach (var flush in _flushes)
            await flush.FlushAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
