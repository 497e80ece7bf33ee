using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Suites;

/// <summary>What the text of an expression refers to.</summary>
public class ReferencesTests
{
    [Theory]
    [InlineData("$states.input.price * $states.context.rate", "input,context")]
    [InlineData("$states.input.a + $states.input.b", "input")]
    [InlineData("$states", "")]
    [InlineData("{ 'a': $states.x, $states.y: 1 }", "x,y")]
    [InlineData("$other.input.($states.input ? $states.output : [$map($states.result, function($v) { $states.last })])", "input,output,result,last")]
    public void Fields_of_a_variable_are_in_the_order_of_the_text(string text, string fields) =>
        string.Join(',', JsonataReferences.Of(text, JsonataOptions.StepFunctions).FieldsOf("states")).ShouldBe(fields);

    [Theory]
    [InlineData("a + $sum(b.c) + a", "a,b")]
    [InlineData("$ & $$", "$,$$")]
    [InlineData("$states.input.(a + $)", "")]
    public void An_input_is_known_without_a_refusal(string text, string references)
    {
        string.Join(',', JsonataReferences.Of(text, JsonataOptions.StepFunctions).InputReferences).ShouldBe(references);
        if (references.Length > 0) Should.Throw<JsonataException>(() => JsonataApi.Compile(text, JsonataOptions.StepFunctions)).Code.ShouldBe("U1008");
    }

    [Fact]
    public void What_is_no_expression_is_refused() => Should.Throw<JsonataException>(() => JsonataReferences.Of("1 +")).Code.ShouldBe("S0207");

    [Fact]
    public void Functions_are_known_by_their_names()
    {
        JsonataApi.IsFunction("sum").ShouldBeTrue();
        JsonataApi.IsFunction("partition").ShouldBeTrue();
        JsonataApi.IsFunction("states").ShouldBeFalse();
        JsonataApi.Compile("$sum($a) + $count($b)").FunctionNames.Order().ShouldBe(["count", "sum"]);
    }

    [Fact]
    public void Bindings_serve_one_evaluation_after_the_other()
    {
        var expression = JsonataApi.Compile("$a + $b");
        var bindings = new JsonataBindings();
        for (var number = 1; number < 4; number++)
        {
            bindings.Reset(DateTimeOffset.UnixEpoch, 0);
            bindings.Bind("a", number);
            bindings.Bind("b", 1);
            expression.Evaluate(null, bindings).ShouldBe((JsonValue)(number + 1));
        }

        bindings.Reset(DateTimeOffset.UnixEpoch, 0);
        bindings.Count.ShouldBe(0);
        expression.Evaluate(null, bindings).ShouldBeNull();
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("[1.50, {\"a\": 100000000000000000000000}]")]
    [InlineData("\"text\"")]
    public void A_value_that_is_only_read_is_what_the_service_gives(string json)
    {
        var value = JsonValue.Parse(json);
        var evaluated = JsonataApi.Compile("$v", JsonataOptions.StepFunctions).Evaluate(null, new JsonataBindings { ["v"] = value });
        JsonataApi.AsServiceResult(value).ToJson().ShouldBe(evaluated!.ToJson());
    }
}
