using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring.Functions;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Logging;
using Orkestra.Lambda.Metrics;
using Orkestra.Lambda.Observability;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tracing;

namespace Orkestra.Lambda;

/// <summary>Adds telemetry to a function: logs with the invocation's keys, metrics, and a span around each call.</summary>
internal sealed class ObservedFunction(
    StepFunction inner, ObservabilitySettings settings, FunctionLoggerFactory log, LambdaEnvironment environment, IReadOnlyList<ITelemetryFlush> flushes)
    : IFunction, IExceptionLog, IAsyncDisposable
{
    readonly ILogger _logger = log.CreateLogger(inner.Name);
    readonly MetricWriter? _metrics = settings.Metrics ? new(settings, log) : null;

    public string Name => inner.Name;

    public FunctionError ErrorOf(Exception exception) => inner.ErrorOf(exception);

    /// <summary>Lets the calls that steps make carry their trace on, in X-Ray's form and in W3C's.</summary>
    public static void PropagateTraces()
    {
        if (DistributedContextPropagator.Current is not XRayPropagator)
            DistributedContextPropagator.Current = new XRayPropagator();
    }

    /// <summary>A number from 0 to 1, to pick the invocations that log more.</summary>
    public Func<double> Draw { get; init; } = static () => RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);

    public async ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output)
    {
        var payload = settings.LogEvent || settings.CorrelationIdPath is not null ? Read(context) : null;
        log.Begin(Facts(context, payload));
        if (settings.LogEvent && payload is not null)
            LogMessages.Event(_logger, payload);
        if (context.IsColdStart)
            _metrics?.ColdStart(environment.FunctionName ?? Name);
        using var activity = StepTracer.Start(Name, context, settings, environment);
        try
        {
            await inner.InvokeAsync(context, output);
            _metrics?.End(Name, _logger);
            StepTracer.Succeed(activity, output.WrittenSpan, settings);
        }
        catch (Exception exception)
        {
            StepTracer.Fail(activity, exception, settings);
            _metrics?.Flush();
            throw;
        }
        finally
        {
            activity?.Stop();
            await FlushAsync(context.CancellationToken);
        }
    }

    public void Log(Exception exception) => LogMessages.StepFailed(_logger, Name, InvocationError.NameOf(exception.GetType()), exception);

    public async ValueTask DisposeAsync()
    {
        await FlushAsync(CancellationToken.None);
        _metrics?.Dispose();
        await inner.DisposeAsync();
    }

    static JsonValue? Read(FunctionContext context)
    {
        try
        {
            return Utf8Payload.Parse(context.Payload.Span);
        }
        catch (JsonFormatException)
        {
            // The step says so itself, as it does without observability.
            return null;
        }
    }

    InvocationFacts Facts(FunctionContext context, JsonValue? payload) => new()
    {
        ColdStart = context.IsColdStart,
        RequestId = context.Invocation.RequestId,
        Arn = context.Invocation.InvokedFunctionArn,
        XRayTraceId = XRayTraceHeader.TryParse(context.Invocation.TraceHeader, out var header) ? header.Root : null,
        CorrelationId = CorrelationId(context, payload),
        IsSampled = settings.SampleRate > 0 && Draw() < settings.SampleRate,
    };

    string? CorrelationId(FunctionContext context, JsonValue? payload)
    {
        if (settings.CorrelationIdPath is not { } path)
            return CallerContext.Read(context.Invocation).ExecutionId;
        return JsonPointer.Find(payload, path) switch
        {
            null or JsonNull => null,
            JsonString text => text.Value,
            var other => other.ToJson(),
        };
    }

    async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var flush in flushes)
        {
            try
            {
                await flush.FlushAsync(cancellationToken);
            }
#pragma warning disable CA1031 // Telemetry that is not sent must not fail the step.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogMessages.FlushFailed(_logger, ExceptionText.MessageOf(exception), exception);
            }
        }
    }
}
