using System.Diagnostics.Metrics;
using System.Text.Json;
using Orkestra.Lambda.Metrics;
using Orkestra.Lambda.Observability;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Metrics;

[Collection(TelemetryCollection.Name)]
public sealed class MetricTests
{
    static readonly (string, string) On = (FunctionVariables.Observability, "true");

    [Fact]
    public async Task What_a_step_measures_is_written_in_the_embedded_metric_format()
    {
        await using var host = new FunctionHost("Sell", options => options.Observability.Metrics.Dimensions["stage"] = "test", On, (FunctionVariables.MetricsNamespace, "Sales"));
        await host.InvokeAsync("\"lamp\"");
        var sales = host.Metrics.Single(line => line.TryGetProperty("Sales", out _));
        sales.GetProperty("Sales").GetDouble().ShouldBe(3, "a counter adds up");
        sales.GetProperty("kind").GetString().ShouldBe("lamp");
        sales.GetProperty("stage").GetString().ShouldBe("test");
        sales.GetProperty("service").GetString().ShouldBe("Shop");
        var directive = sales.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        directive.GetProperty("Namespace").GetString().ShouldBe("Sales");
        directive.GetProperty("Dimensions").GetRawText().ShouldBe("""[["kind","service","stage"]]""");
        directive.GetProperty("Metrics").GetRawText().ShouldBe("""[{"Name":"Sales","Unit":"Count"}]""");
        DateTimeOffset.FromUnixTimeMilliseconds(sales.GetProperty("_aws").GetProperty("Timestamp").GetInt64()).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));

        var duration = host.Metrics.Single(line => line.TryGetProperty("Duration", out _));
        duration.GetProperty("Duration").GetRawText().ShouldBe("[1.5,2.5]", "a histogram keeps each value");
        duration.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics")[0].GetProperty("Unit").GetString().ShouldBe("Milliseconds");
    }

    [Fact]
    public async Task A_cold_start_is_counted_once_with_dimensions_of_its_own()
    {
        await using var host = new FunctionHost("AddTax", null, On);
        for (var i = 0; i < 3; i++)
            await host.InvokeAsync("""{"name":"moth","price":1}""");
        var cold = host.Metrics.Single();
        cold.GetProperty("ColdStart").GetInt32().ShouldBe(1);
        cold.GetProperty("function_name").GetString().ShouldBe("shop-AddTax");
        cold.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Dimensions").GetRawText().ShouldBe("""[["function_name","service"]]""");
        cold.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Namespace").GetString().ShouldBe("Shop");
    }

    [Fact]
    public async Task Tags_that_are_metadata_make_no_dimension()
    {
        await using var host = new FunctionHost("Sell", options => options.Observability.Metrics.Metadata.Add("kind"), On);
        await host.InvokeAsync("\"lamp\"");
        var line = host.Metrics.Single(line => line.TryGetProperty("Sales", out _));
        line.GetProperty("kind").GetString().ShouldBe("lamp");
        line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Dimensions").GetRawText().ShouldBe("""[["service"]]""");
        line.TryGetProperty("Duration", out _).ShouldBeTrue("metrics with the same dimensions share an object");
    }

    [Fact]
    public async Task A_step_without_a_measurement_is_told_of()
    {
        await using var host = new FunctionHost("AddTax", options => options.Observability.Metrics.WhenEmpty = EmptyMetrics.Warn, On);
        await host.InvokeAsync("""{"name":"moth","price":1}""");
        host.Logs.Single().GetProperty("message").GetString().ShouldBe("Step AddTax ended without a measurement.");

        await using var strict = new FunctionHost("AddTax", options => options.Observability.Metrics.WhenEmpty = EmptyMetrics.Fail, On);
        var answer = await strict.InvokeAsync("""{"name":"moth","price":1}""");
        answer.ErrorType.ShouldBe("EmptyMetricsException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("Step AddTax ended without a measurement: record at least one, or set Metrics.WhenEmpty to Warn or Ignore.");

        await using var silent = new FunctionHost("AddTax", null, On);
        (await silent.InvokeAsync("""{"name":"moth","price":1}""")).IsError.ShouldBeFalse();
        silent.Logs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_can_be_turned_off_alone()
    {
        await using var host = new FunctionHost("Sell", null, On, (FunctionVariables.Metrics, "false"));
        await host.InvokeAsync("\"lamp\"");
        host.Metrics.ShouldBeEmpty();
    }

    [Fact]
    public void Long_series_and_many_metrics_are_split_as_cloudwatch_asks()
    {
        using var meter = new Meter("Many");
        using var collector = new MetricCollector(new() { InstrumentFilter = instrument => instrument.Meter == meter }, "s");
        var histogram = meter.CreateHistogram<int>("h");
        for (var i = 0; i < 250; i++)
            histogram.Record(i);
        for (var i = 0; i < 150; i++)
            meter.CreateCounter<long>($"c{i}").Add(1);
        var lines = Lines(collector);
        lines.Count.ShouldBe(4, "100 metrics with 100 values, the rest of the series twice, and 51 metrics more");
        lines.SelectMany(line => line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").EnumerateArray()).Count().ShouldBe(153);
        lines.Sum(line => line.TryGetProperty("h", out var values) ? values.GetArrayLength() : 0).ShouldBe(250);
        lines.ShouldAllBe(line => line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").GetArrayLength() <= 100);
        collector.Take().ShouldBeEmpty();
    }

    [Fact]
    public void Observed_instruments_are_read_at_the_end()
    {
        using var meter = new Meter("Observed");
        using var collector = new MetricCollector(new() { InstrumentFilter = instrument => instrument.Meter == meter }, "s");
        var total = 10;
        meter.CreateObservableCounter("total", () => total);
        meter.CreateObservableGauge("depth", () => 5.5, "By");
        var gauge = meter.CreateGauge<int>("level", "%");
        gauge.Record(1);
        gauge.Record(2);
        var first = Lines(collector).Single();
        first.GetProperty("total").GetInt32().ShouldBe(10);
        first.GetProperty("depth").GetDouble().ShouldBe(5.5);
        first.GetProperty("level").GetInt32().ShouldBe(2);
        total = 13;
        Lines(collector).Single().GetProperty("total").GetInt32().ShouldBe(3, "CloudWatch adds up what it is told");
    }

    [Fact]
    public void A_measurement_with_more_tags_than_dimensions_loses_nothing()
    {
        using var meter = new Meter("Tags");
        using var collector = new MetricCollector(new() { InstrumentFilter = instrument => instrument.Meter == meter }, "s");
        meter.CreateCounter<int>("n").Add(1, [.. Enumerable.Range(0, 40).Select(i => new KeyValuePair<string, object?>($"t{i:00}", i)), new("empty", "")]);
        var line = Lines(collector).Single();
        line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Dimensions")[0].GetArrayLength().ShouldBe(30);
        line.GetProperty("t39").GetString().ShouldBe("39");
        line.TryGetProperty("empty", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, "Count")]
    [InlineData("s", "Seconds")]
    [InlineData("By", "Bytes")]
    [InlineData("{sale}", "Count")]
    [InlineData("{sale}/s", "Count/Second")]
    [InlineData("Megabytes", "Megabytes")]
    [InlineData("parsec", "None")]
    public void Units_are_cloudwatchs(string? unit, string expected) => CloudWatchUnit.Of(unit).ShouldBe(expected);

    static List<JsonElement> Lines(MetricCollector collector) =>
    [
        .. collector.Take().SelectMany(group => EmbeddedMetricFormat.Lines(group, "n", DateTimeOffset.UnixEpoch)).Select(write =>
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            write(buffer);
            return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
        }),
    ];
}
