using System.Diagnostics;
using OpenTelemetry.Trace;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Tracing;
using Orkestra.OpenTelemetry;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Tracing;

[Collection(TelemetryCollection.Name)]
public sealed class OpenTelemetryTests
{
    static readonly (string, string) On = (FunctionVariables.Observability, "true");

    [Fact]
    public async Task A_span_is_exported_before_the_answer_with_annotations_and_metadata()
    {
        List<Activity> exported = [];
        await using var host = new FunctionHost("AddTax", options => options.UseServices(services => services.AddOrkestraOpenTelemetry(builder => builder.AddInMemoryExporter(exported), otlp: false)), On, (FunctionVariables.CaptureResponse, "true"));
        await host.InvokeAsync("""{"name":"moth","price":1}""");
        var span = exported.Single();
        span.TraceId.ToHexString().ShouldBe("5759e988bd862e3fe1be46a994272793");
        ((string[])span.GetTagItem("aws.xray.annotations")!).ShouldBe(["ColdStart", "Service"]);
        span.GetTagItem("aws.xray.metadata.Shop").ShouldBe("""{"response":{"name":"moth","price":1.10}}""");
        span.GetTagItem("metadata.response").ShouldBeNull();
    }

    [Fact]
    public async Task A_trace_that_x_ray_does_not_sample_is_not_exported()
    {
        List<Activity> exported = [];
        await using var host = new FunctionHost("AddTax", options => options.UseServices(services => services.AddOrkestraOpenTelemetry(builder => builder.AddInMemoryExporter(exported), otlp: false)), On);
        await host.InvokeAsync(new LambdaRequest("""{"name":"moth","price":1}""") { TraceId = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0" });
        exported.ShouldBeEmpty();
    }

    [Fact]
    public async Task Spans_are_sent_with_otlp()
    {
        await using var collector = new OtlpCollector();
        await using var host = new FunctionHost("AddTax", options => options.UseServices(services => services.AddOrkestraOpenTelemetry(builder => builder.AddOtlpExporter(otlp =>
        {
            otlp.Endpoint = new Uri($"{collector.Endpoint}/v1/traces");
            otlp.Protocol = global::OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf;
        }), otlp: false)), On);
        var answer = await host.InvokeAsync("""{"name":"moth","price":1}""");
        answer.IsError.ShouldBeFalse();
        var (text, at) = await collector.NextAsync();
        at.ShouldBeLessThan(answer.At, "the span is sent before the answer");
        text.ShouldContain("AddTax");
    }

    [Fact]
    public void New_traces_begin_with_the_time_as_x_ray_asks()
    {
        var id = XRayTraceIds.Make(TimeProvider.System).ToHexString();
        var seconds = Convert.ToInt64(id[..8], 16);
        DateTimeOffset.FromUnixTimeSeconds(seconds).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        XRayTraceIds.Make(TimeProvider.System).ToHexString()[8..].ShouldNotBe(id[8..]);
    }

    [Fact]
    public void Calls_of_a_step_carry_the_trace_in_both_forms()
    {
        using var source = new ActivitySource("Calls");
        using var listener = new ActivityListener { ShouldListenTo = found => found == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var activity = source.StartActivity("call")!;
        Dictionary<string, string> headers = [];
        var propagator = new XRayPropagator();
        propagator.Inject(activity, headers, static (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value);
        headers["traceparent"].ShouldBe(activity.Id);
        var trace = activity.TraceId.ToHexString();
        headers["X-Amzn-Trace-Id"].ShouldBe($"Root=1-{trace[..8]}-{trace[8..]};Parent={activity.SpanId};Sampled=1");

        headers.Remove("traceparent");
        propagator.ExtractTraceIdAndState(headers, Get, out var id, out _);
        id.ShouldBe(activity.Id);

        static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
            (value, values) = (((Dictionary<string, string>)carrier!).GetValueOrDefault(name), null);
    }
}
