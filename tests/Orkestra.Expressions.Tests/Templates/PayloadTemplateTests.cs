using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Templates;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Templates;

public sealed class PayloadTemplateTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[{"c":"$.x"}]}""", """{"a":1,"b":[{"c":"$.x"}]}""")]
    [InlineData("""{"a.$":"$.x","b":{"c.$":"$.y[1:]"}}""", """{"a":7,"b":{"c":[2,3]}}""")]
    [InlineData("""{"list":[{"n.$":"$.x"},"$.x",{"m":1}]}""", """{"list":[{"n":7},"$.x",{"m":1}]}""")]
    [InlineData("""{"a.$":"$$.Execution.Name","v.$":"$var.deep","all.$":"$"}""", """{"a":"run","v":true,"all":{"x":7,"y":[1,2,3]}}""")]
    [InlineData("""{"a.$":"States.Array($.x, $.y[0])"}""", """{"a":[7,1]}""")]
    [InlineData("""{"a.$":"$.y[5]"}""", """{"a":null}""")]
    [InlineData("""{"a.$":"$.no[*].x"}""", """{"a":[]}""")]
    [InlineData("""{".$":"$.x"}""", """{"":7}""")]
    [InlineData("""{"a":1,"a.$":"$.x"}""", """{"a":7}""")]
    [InlineData("\"$.x\"", "\"$.x\"")]
    public void Marked_members_are_evaluated(string template, string expected)
    {
        var scope = new EvaluationScope(
            JsonValue.Parse("""{"x":7,"y":[1,2,3]}"""), JsonValue.Parse("""{"Execution":{"Name":"run"}}"""), JsonObject.Create(("var", JsonObject.Create(("deep", true)))));
        PayloadTemplate.Compile(JsonValue.Parse(template)).Evaluate(scope).ToJson().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"f.$":"$.nope.deep"}""", "The JSONPath '$.nope.deep' specified for the field 'f.$' could not be found in the input '{\"other\":1}'")]
    [InlineData("""{"o":{"f.$":"$.other.x"}}""", "The JSONPath '$.other.x' specified for the field 'f.$' could not be found in the input '{\"other\":1}'")]
    [InlineData("""{"f.$":"$$.Nope"}""", "The JSONPath '$$.Nope' specified for the field 'f.$' could not be found in the input '{\"State\":{}}'")]
    public void Paths_that_find_nothing_are_worded_as_AWS_words_them(string template, string message)
    {
        var scope = new EvaluationScope(JsonValue.Parse("""{"other":1}"""), JsonValue.Parse("""{"State":{}}"""));
        var problem = Should.Throw<ExpressionException>(() => PayloadTemplate.Compile(JsonValue.Parse(template)).Evaluate(scope));
        problem.Error.ShouldBe("States.Runtime");
        problem.Message.ShouldBe(message);
        problem.Miss.ShouldNotBeNull();
    }

    [Fact]
    public void A_field_can_be_an_expression_as_a_whole()
    {
        var scope = new EvaluationScope(JsonValue.Parse("""{"a":"x"}"""));
        PayloadTemplate.CompileExpression("$.a", "CausePath").Evaluate(scope).ShouldBe("x");
        PayloadTemplate.CompileExpression("States.Format('<{}>', $.a)", "CausePath").Evaluate(scope).ShouldBe("<x>");
        Should.Throw<ExpressionException>(() => PayloadTemplate.CompileExpression("$.b", "CausePath").Evaluate(scope))
            .Message.ShouldBe("The JSONPath '$.b' specified for the field 'CausePath' could not be found in the input '{\"a\":\"x\"}'");
    }

    [Theory]
    [InlineData("""{"a":{"b.$":"x"}}""", "b.$", "/a")]
    [InlineData("""{"b.$":7}""", "b.$", "")]
    [InlineData("""{"a":[{"b.$":"States.Nope()"}]}""", "b.$", "/a/0")]
    [InlineData("""{"b.$":"$.["}""", "b.$", "")]
    public void Marked_members_that_are_no_expression_are_refused(string template, string field, string location)
    {
        var problem = Should.Throw<TemplateSyntaxException>(() => PayloadTemplate.Compile(JsonValue.Parse(template)));
        problem.Field.ShouldBe(field);
        problem.Location.ShouldBe(location);
    }

    [Fact]
    public void What_is_read_is_told()
    {
        var template = PayloadTemplate.Compile(JsonValue.Parse("""{"a.$":"$x.b","c":{"d.$":"States.Array($y, $x)"},"e.$":"$.f"}"""));
        template.Variables.ShouldBe(["x", "y"]);
        template.ReadsContext.ShouldBeFalse();
        template.IsLiteral.ShouldBeFalse();
        PayloadTemplate.Compile(JsonValue.Parse("""{"a.$":"$$.State.Name"}""")).ReadsContext.ShouldBeTrue();
        PayloadTemplate.Compile(JsonValue.Parse("""{"a":["$.b"]}""")).IsLiteral.ShouldBeTrue();
    }

    [Fact]
    public void Results_share_a_shape_and_what_is_literal()
    {
        var template = PayloadTemplate.Compile(JsonValue.Parse("""{"a.$":"$","b":{"c":[1]}}"""));
        var first = (JsonObject)template.Evaluate(new EvaluationScope(1));
        var second = (JsonObject)template.Evaluate(new EvaluationScope(2));
        first.Shape.ShouldBeSameAs(second.Shape);
        first["b"].ShouldBeSameAs(second["b"]);
    }

    [Fact]
    public void The_specification_s_examples_hold()
    {
        foreach (var example in ConformanceData.Cases("spec/worked-examples.json").Where(example => example.Text("kind") == "payload-template"))
        {
            var scope = new EvaluationScope(example["input"]!, example["context"]);
            PayloadTemplate.Compile(example["template"]!).Evaluate(scope).ShouldBe(example["expect"]!["output"], example.Text("id"));
        }
    }

    [Fact]
    public void Recorded_Pass_states_answer_as_AWS_did()
    {
        var checkedCases = 0;
        foreach (var test in ConformanceData.Cases("localstack/execution-intrinsic_functions.json"))
        {
            if (test["definition"]?["States"] is not JsonObject { Count: 1 } states || states.Values[0]["Parameters"] is not { } template) continue;
            if (states.Values[0]["ResultPath"] is not null || test["expect"]!.Text("status") != "SUCCEEDED") continue;
            var expected = test["expect"]!["output"]!.ToJson();
            if (expected.Contains('<', StringComparison.Ordinal) || expected.Contains("RandomNumberGenerated", StringComparison.Ordinal)) continue;
            var context = JsonObject.Create(("Execution", JsonObject.Create(("Input", test["input"]!))));
            PayloadTemplate.Compile(template).Evaluate(new EvaluationScope(test["input"]!, context)).ShouldBe(JsonValue.Parse(expected), test.Text("id"));
            checkedCases++;
        }

        checkedCases.ShouldBeGreaterThan(50);
    }
}
