using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Observability;
using Orkestra.OpenTelemetry;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Tracing;

[Collection(TelemetryCollection.Name)]
public sealed class RunTelemetryTests
{
    internal sealed class Observed : Workflow<int, int>
    {
        static readonly Step<int, int> Add = new((n, context) =>
        {
            context.Logger.LogInformation("Adding to {Number}", n);
            return n + 1;
        });

        static readonly Step<int, int> Break = new(n => throw new OutOfStockException("empty"));

        public override bool Observability => true;

        public override Flow<int, int> Define() => Add >> Add >> Break;
    }

    [Fact]
    public async Task A_run_in_this_process_logs_as_a_function_does_and_is_one_trace()
    {
        List<Activity> spans = [];
        var error = new StringWriter();
        var telemetry = RunTelemetry.Start(new Observed(), services => services.AddOrkestraOpenTelemetry(builder => builder.AddInMemoryExporter(spans), otlp: false), error);
        await using (telemetry)
        {
            var options = new OrkestraOptions { Services = telemetry.Services, StepInterceptor = telemetry.Around };
            var result = await new WorkflowRunner(new Observed(), options).RunAsync((JsonValue)1, new ExecutionOptions { Name = telemetry.RunName });
            telemetry.End(result.Execution.IsSuccess, result.Execution.Error);
        }

        var lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => line.GetProperty("message").GetString()).ShouldBe(["Adding to 1", "Adding to 2", "Step Break failed: OutOfStockException"]);
        lines.ShouldAllBe(line => line.GetProperty("service").GetString() == "Observed" && line.GetProperty("correlation_id").GetString() == telemetry.RunName);

        spans.Select(span => span.DisplayName).ShouldBe(["Add", "Add", "Break", "Observed"]);
        var run = spans[^1];
        run.Status.ShouldBe(ActivityStatusCode.Error);
        spans.SkipLast(1).ShouldAllBe(span => span.TraceId == run.TraceId && span.ParentSpanId == run.SpanId);
        lines[0].GetProperty("xray_trace_id").GetString()!.Replace("-", "", StringComparison.Ordinal).ShouldBe("1" + run.TraceId.ToHexString());
        spans[2].GetTagItem("error.type").ShouldBe("OutOfStockException");
    }
}
