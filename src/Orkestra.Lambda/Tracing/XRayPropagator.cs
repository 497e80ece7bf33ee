using System.Diagnostics;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Tracing;

/// <summary>
/// Carries a trace to the services that a step calls, in both forms: W3C's <c>traceparent</c> for others, <c>X-Amzn-Trace-Id</c> for AWS. HttpClient uses the
/// process's current propagator by itself.
/// </summary>
public sealed class XRayPropagator : DistributedContextPropagator
{
    const string Header = "X-Amzn-Trace-Id";
    const string TraceParent = "traceparent";

    static readonly DistributedContextPropagator W3C = CreateW3CPropagator();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields { get; } = [Header, .. W3C.Fields];

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (activity is null || setter is null)
            return;
        if (activity.IdFormat != ActivityIdFormat.W3C)
        {
            W3C.Inject(activity, carrier, setter);
            return;
        }

        var known = XRayTraceHeader.From(Known(activity));
        W3C.Inject(activity, carrier, (to, name, value) => setter(to, name, name == TraceParent ? known.ToTraceParent() : value));
        setter(carrier, Header, known.ToString());
    }

    // If no listener takes a step's span, what the step calls becomes a child of the nearest known span above: mostly Lambda's own.
    static ActivityContext Known(Activity activity)
    {
        var step = activity;
        while (step.Parent is { } above)
            step = above;
        if (!StepTracer.IsPassed(step))
            return activity.Context;
        for (var span = activity; span is not null; span = span.Parent)
            if (span.Source.Name.Length > 0 && span.IsAllDataRequested)
                return span.Context;
        return new(step.TraceId, step.ParentSpanId, step.ActivityTraceFlags);
    }

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        W3C.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
        if (traceId is not null || getter is null)
            return;
        getter(carrier, Header, out var value, out var values);
        if (XRayTraceHeader.TryParse(value ?? values?.FirstOrDefault(), out var header))
            traceId = header.ToTraceParent();
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        W3C.ExtractBaggage(carrier, getter);
}
