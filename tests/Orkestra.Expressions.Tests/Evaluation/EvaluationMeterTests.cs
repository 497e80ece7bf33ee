using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Paths;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Evaluation;

public sealed class EvaluationMeterTests
{
    static readonly JsonValue Data = JsonValue.Parse("""{"t":"0123456789","a":[1,2,3,4,5,6,7,8,9,10]}""");

    [Fact]
    public void Paths_are_counted()
    {
        var path = JsonPath.Compile("$..*");
        var meter = new EvaluationMeter(long.MaxValue, long.MaxValue);
        path.Evaluate(new EvaluationScope(Data, Meter: meter));
        meter.Steps.ShouldBeGreaterThan(10);
        meter.Memory.ShouldBeGreaterThan(100);
        var small = new EvaluationMeter(meter.Steps + 5, long.MaxValue);
        path.Evaluate(new EvaluationScope(Data, Meter: small));
        Should.Throw<JsonPathLimitException>(() => path.Evaluate(new EvaluationScope(Data, Meter: small)));
    }

    [Fact]
    public void Intrinsic_functions_are_counted()
    {
        var nested = IntrinsicExpression.Compile("States.Format('{}{}{}{}', $.t, $.t, $.t, States.Format('{}{}', $.t, $.t))");
        var meter = new EvaluationMeter(long.MaxValue, 2000);
        Should.Throw<ExpressionException>(() =>
        {
            for (var i = 0; i < 100; i++) nested.Evaluate(new EvaluationScope(Data, Meter: meter));
        }).Failure.ShouldBe(ExpressionFailure.Intrinsic);
        meter.Memory.ShouldBeInRange(2000, 4000);
    }

    [Fact]
    public void Languages_share_a_meter()
    {
        var meter = new EvaluationMeter(long.MaxValue, long.MaxValue);
        JsonataApi.Compile("$pad('', 1000, 'x')").Evaluate(meter: meter);
        var first = meter.Memory;
        IntrinsicExpression.Compile("States.Array($.t, $.t)").Evaluate(new EvaluationScope(Data, Meter: meter));
        meter.Memory.ShouldBeGreaterThan(first);
    }
}
