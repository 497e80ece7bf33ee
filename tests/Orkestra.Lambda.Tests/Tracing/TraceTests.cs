using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Tracing;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Tracing;

[Collection(TelemetryCollection.Name)]
public sealed class TraceTests : IDisposable
{
    static readonly (string, string) On = (FunctionVariables.Observability, "true");

    readonly ConcurrentQueue<Activity> _spans = new();
    readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == StepTracer.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_step_is_a_span_of_the_trace_that_x_ray_began()
    {
        await using var host = new FunctionHost("AddTax", null, On, (FunctionVariables.CaptureResponse, "true"));
        await host.InvokeAsync("""{"name":"moth","price":1}""");
        var span = _spans.Single();
        span.DisplayName.ShouldBe("AddTax");
        span.TraceId.ToHexString().ShouldBe("5759e988bd862e3fe1be46a994272793");
        span.ParentSpanId.ToHexString().ShouldBe("53995c3f42cd8ad8");
        span.Kind.ShouldBe(ActivityKind.Server);
        span.Status.ShouldBe(ActivityStatusCode.Ok);
        span.GetTagItem("faas.coldstart").ShouldBe(true);
        span.GetTagItem("ColdStart").ShouldBe(true);
        span.GetTagItem("Service").ShouldBe("Shop");
        span.GetTagItem("metadata.response").ShouldBe("""{"name":"moth","price":1.10}""");
    }

    [Fact]
    public async Task A_failure_is_on_its_span()
    {
        await using var host = new FunctionHost("FailSale", null, On);
        await host.InvokeAsync("""{"name":"moth"}""");
        var span = _spans.Single();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBe("no moth left");
        span.GetTagItem("error.type").ShouldBe("OutOfStockException");
        span.Events.Single().Name.ShouldBe("exception");
    }

    [Fact]
    public async Task Outputs_stay_out_of_spans_by_default_and_errors_when_told_so()
    {
        await using var host = new FunctionHost("AddTax", null, On);
        await host.InvokeAsync("""{"name":"moth","price":1}""");
        await using var failing = new FunctionHost("FailSale", null, On, (FunctionVariables.CaptureError, "false"));
        await failing.InvokeAsync("""{"name":"moth"}""");
        _spans.ShouldAllBe(span => span.GetTagItem("metadata.response") == null && span.StatusDescription == null && !span.Events.Any());
        _spans.Last().GetTagItem("error.type").ShouldBe("OutOfStockException");
    }

    [Fact]
    public async Task Traces_can_be_turned_off_alone()
    {
        await using var host = new FunctionHost("AddTax", null, On, (FunctionVariables.Traces, "off"));
        await host.InvokeAsync("""{"name":"moth","price":1}""");
        _spans.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_is_sent_before_the_answer_and_a_failure_to_send_is_only_logged()
    {
        var flush = new Flush();
        await using var host = new FunctionHost("AddTax", options => options.UseServices(services => services.AddSingleton<ITelemetryFlush>(flush)), On);
        (await host.InvokeAsync("""{"name":"moth","price":1}""")).IsError.ShouldBeFalse();
        flush.Count.ShouldBe(1);
        flush.Fails = true;
        (await host.InvokeAsync("""{"name":"moth","price":1}""")).IsError.ShouldBeFalse();
        host.Logs.Last().GetProperty("message").GetString().ShouldBe("Traces could not be sent: no collector");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_step_calls_belongs_to_the_trace_whether_somebody_takes_spans_or_not(bool taken)
    {
        if (!taken)
            _listener.Dispose();
        using var service = new HttpListener();
        var port = FreePort.Find();
        service.Prefixes.Add($"http://127.0.0.1:{port}/");
        service.Start();
        var asked = service.GetContextAsync();
        var step = new Step<string, string>(async (path, context) =>
        {
            using var client = new HttpClient();
            return await client.GetStringAsync(new Uri(path), context.CancellationToken);
        })
        { Name = "Call" };
        await using var host = new FunctionHost("Call", options => options.Add(step), On);
        var answer = host.InvokeAsync($"\"http://127.0.0.1:{port}/\"");
        var request = await asked;
        request.Response.Close();
        (await answer).IsError.ShouldBeFalse();

        var header = request.Request.Headers["X-Amzn-Trace-Id"].ShouldNotBeNull();
        var parent = request.Request.Headers["traceparent"].ShouldNotBeNull();
        header.ShouldStartWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=");
        parent.ShouldStartWith("00-5759e988bd862e3fe1be46a994272793-");
        if (taken)
            header.ShouldNotContain("53995c3f42cd8ad8");
        else
            (header, parent).ShouldBe(("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01"));
    }

    sealed class Flush : ITelemetryFlush
    {
        public int Count { get; private set; }

        public bool Fails { get; set; }

        public ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            Count++;
            return Fails ? throw new IOException("no collector") : default;
        }
    }
}
