using System.Diagnostics;
using System.Text;
using Orkestra.Hosting;
using Orkestra.Lambda.Observability;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Tracing;

/// <summary>Makes the span of a step.</summary>
/// <remarks>Names of tags: https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/</remarks>
internal static class StepTracer
{
    /// <summary>The name of the source of all spans of this library.</summary>
    public const string SourceName = "Orkestra";

    // X-Ray keeps 64 KB of a segment; the response must leave room for the rest.
    const int MaxResponse = 32 * 1024;

    static readonly ActivitySource Source = new(SourceName);

    public static Activity? Start(string step, FunctionContext context, ObservabilitySettings settings, LambdaEnvironment environment)
    {
        if (!settings.Traces)
            return null;
        var parent = XRayTraceHeader.TryParse(context.Invocation.TraceHeader, out var header) ? header.ToActivityContext() : default;
        if (!Source.HasListeners())
            return Passed(step, parent);
        var activity = Source.StartActivity(step, ActivityKind.Server, parent);
        if (activity is not { IsAllDataRequested: true })
            return activity;
        activity.SetTag("faas.invocation_id", context.Invocation.RequestId);
        activity.SetTag("faas.coldstart", context.IsColdStart);
        activity.SetTag("faas.name", environment.FunctionName);
        activity.SetTag("faas.trigger", "other");
        activity.SetTag("cloud.resource_id", context.Invocation.InvokedFunctionArn);
        activity.SetTag("service.name", settings.Service);
        // The two annotations that Powertools sets, for searches in X-Ray.
        activity.SetTag("ColdStart", context.IsColdStart);
        activity.SetTag("Service", settings.Service);
        return activity;
    }

    /// <summary>Whether a span is there only to hand the trace on.</summary>
    public static bool IsPassed(Activity activity) => activity is { IsAllDataRequested: false, Source.Name.Length: 0 } && activity.ParentSpanId != default;

    // No listener takes spans, but what the step calls still belongs to the trace.
    static Activity? Passed(string step, ActivityContext parent)
    {
        if (parent == default)
            return null;
        var activity = new Activity(step) { IsAllDataRequested = false, ActivityTraceFlags = parent.TraceFlags };
        return activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
    }

    /// <summary>The span of a whole run in this process.</summary>
    public static Activity? StartRun(string workflow, ObservabilitySettings settings) =>
        settings.Traces ? Source.StartActivity(workflow, ActivityKind.Internal, default(ActivityContext))?.SetTag("Service", settings.Service) : null;

    /// <summary>The span of a step in a run in this process.</summary>
    public static Activity? StartStep(string step, int attempt, Activity? run, ObservabilitySettings settings)
    {
        var activity = settings.Traces ? Source.StartActivity(step, ActivityKind.Internal, run?.Context ?? default) : null;
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("service.name", settings.Service).SetTag("Attempt", attempt).SetTag("Service", settings.Service);
        return activity;
    }

    public static void Succeed(Activity? activity, ReadOnlySpan<byte> output, ObservabilitySettings settings)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        if (settings.CaptureResponse)
            activity.SetTag("metadata.response", output.Length <= MaxResponse ? Encoding.UTF8.GetString(output) : $"({output.Length} bytes)");
        activity.SetStatus(ActivityStatusCode.Ok);
    }

    public static void Fail(Activity? activity, Exception exception, ObservabilitySettings settings)
    {
        if (activity is not { IsAllDataRequested: true })
            return;
        activity.SetTag("error.type", InvocationError.NameOf(exception.GetType()));
        if (settings.CaptureError)
            AddException(activity, exception);
        activity.SetStatus(ActivityStatusCode.Error, settings.CaptureError ? ExceptionText.MessageOf(exception) : null);
    }

    // The tags Activity.AddException sets itself, which reads exceptions the usual way: https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/
    static void AddException(Activity activity, Exception exception)
    {
        var tags = new TagList
        {
            { "exception.type", exception.GetType().ToString() },
            { "exception.message", ExceptionText.MessageOf(exception) },
            { "exception.stacktrace", ExceptionText.TextOf(exception) },
        };
        activity.AddException(exception, tags);
    }
}
