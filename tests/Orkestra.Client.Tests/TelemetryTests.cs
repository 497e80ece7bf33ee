using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orkestra.Engine;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Client.Tests;

/// <summary>What a host's runtime reports. It reports it to the whole process, so no other test runs meanwhile.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    [Fact]
    public async Task Executions_and_tasks_are_spans_and_metrics()
    {
        var spans = new List<Activity>();
        var measured = new List<(string Instrument, Dictionary<string, object?> Tags)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Orkestra" or "Caller",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (spans) spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener { InstrumentPublished = (instrument, meters) => { if (instrument.Meter.Name == "Orkestra") meters.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        meters.Start();
        await using var place = await Place.StartAsync(Place.Embedded);
        using var source = new ActivitySource("Caller");

        WorkflowExecution<Receipt> execution;
        using (var request = source.StartActivity("request"))
        {
            execution = await place.Client<PlaceOrder>().StartAsync(new Order("secret", 2));
            Activity.Current.ShouldBe(request);
        }

        await execution.WaitAsync().WaitAsync(Place.Patience);
        place.Till.IsOpen = false;
        var failing = await place.Client<PlaceOrder>().StartAsync(new Order("secret", 3));
        await Should.ThrowAsync<WorkflowExecutionException>(() => failing.WaitAsync().WaitAsync(Place.Patience));

        // The end of an execution may be seen before its span has ended.
        Activity[] found;
        using var patience = new CancellationTokenSource(Place.Patience);
        while (true)
        {
            lock (spans) found = [.. spans];
            if (found.Count(span => span.GetTagItem("orkestra.execution.status") is not null && span.OperationName == "PlaceOrder") >= 2) break;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        var run = found.Single(span => span.GetTagItem("orkestra.execution.arn") as string == execution.Arn && span.GetTagItem("orkestra.execution.status") is not null);
        (run.OperationName, run.Status, run.GetTagItem("orkestra.execution.status")).ShouldBe(("PlaceOrder", ActivityStatusCode.Ok, "Succeeded"));
        run.Parent.ShouldBeNull();
        run.ParentSpanId.ShouldBe(found.Single(span => span.OperationName == "request").SpanId);
        var charge = found.Single(span => span.ParentSpanId == run.SpanId);
        (charge.OperationName, charge.TraceId, charge.GetTagItem("orkestra.task.attempt")).ShouldBe(("Charge", run.TraceId, 1));
        var failed = found.Single(span => span.GetTagItem("orkestra.execution.arn") as string == failing.Arn);
        (failed.Status, failed.StatusDescription).ShouldBe((ActivityStatusCode.Error, nameof(TillClosedException)));
        found.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString() ?? "").ShouldNotContain(value => value.Contains("secret", StringComparison.Ordinal));

        lock (measured)
        {
            Count("orkestra.executions.started").ShouldBe(2);
            Count("orkestra.executions.ended", "orkestra.execution.status", "Succeeded").ShouldBe(1);
            Count("orkestra.executions.ended", "orkestra.execution.status", "Failed").ShouldBe(1);
            Count("orkestra.execution.duration").ShouldBe(2);
            Count("orkestra.task.duration", "error.type", null).ShouldBe(1);
            Count("orkestra.task.duration", "error.type", nameof(TillClosedException)).ShouldBe(1);
        }

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var copy = new Dictionary<string, object?>(tags.ToArray());
            lock (measured) measured.Add((instrument.Name, copy));
        }

        int Count(string instrument, string? tag = null, object? value = null) => measured.Count(one => one.Instrument == instrument && one.Tags["orkestra.state_machine.name"] as string == "PlaceOrder"
            && (tag is null || Equals(one.Tags.GetValueOrDefault(tag), value)));
    }

    [Fact]
    public async Task A_runtime_without_a_host_reports_nothing_unless_it_is_told_to()
    {
        var started = 0;
        using var meters = new MeterListener { InstrumentPublished = (instrument, meters) => { if (instrument.Meter.Name == "Orkestra") meters.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Value is "Quiet" or "Loud" && instrument.Name == "orkestra.executions.started") Interlocked.Add(ref started, tag.Value is "Loud" ? 1 : 100);
            }
        });
        meters.Start();
        foreach (var name in (string[])["Quiet", "Loud"])
        {
            await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { Telemetry = name == "Loud" });
            runtime.StateMachines.Add(name, ExecutionPlan.Compile(Asl.AslReader.Read("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""").Document!));
            await (await runtime.StartAsync(name, Expressions.Data.JsonObject.Empty)).Completion.WaitAsync(Place.Patience);
        }

        started.ShouldBe(1);
    }
}
