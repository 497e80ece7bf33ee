using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Templates;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Templates;

public sealed class JsonataTemplateTests
{
    static readonly JsonataBindings Bindings = new() { ["states"] = JsonValue.Parse("""{"input":{"n":3,"list":[1,2]}}"""), ["limit"] = 10 };

    [Theory]
    [InlineData("\"{% $states.input.n + $limit %}\"", "13")]
    [InlineData("""{"a":"{% $states.input.n %}","b":["{% $limit %}","x",{"c":"{%1%}"}],"d":"$.x"}""", """{"a":3,"b":[10,"x",{"c":1}],"d":"$.x"}""")]
    [InlineData("""{"a":" {% 1 %}","b":"{% 1","c":"{%}"}""", """{"a":" {% 1 %}","b":"{% 1","c":"{%}"}""")]
    [InlineData("7", "7")]
    public void Expressions_stand_at_any_depth(string template, string expected) =>
        JsonataTemplate.Compile(JsonValue.Parse(template), "Output").Evaluate(Bindings).ToJson().ShouldBe(expected);

    [Theory]
    [InlineData("""{"result":"{% $nope %}"}""", "Output/result", ExpressionFailure.Undefined, "returned nothing (undefined).")]
    [InlineData("\"{% $nope() %}\"", "Output", ExpressionFailure.Thrown, "threw an error during evaluation. T1006: Attempted to invoke a non-function")]
    [InlineData("[\"{% function($x){$x} %}\"]", "Output[0]", ExpressionFailure.UnsupportedType, "returned an unsupported result type.")]
    [InlineData("\"{% $limit %}\"", "Output", ExpressionFailure.UnexpectedType, "returned an unexpected result type. Expected 'array', but was 'number' for value: 10")]
    public void Failures_are_worded_as_AWS_words_them(string template, string location, ExpressionFailure failure, string what)
    {
        var compiled = JsonataTemplate.Compile(JsonValue.Parse(template), "Output", JsonKind.Array);
        var problem = Should.Throw<ExpressionException>(() => compiled.Evaluate(Bindings));
        problem.Failure.ShouldBe(failure);
        problem.Location.ShouldBe(location);
        problem.Error.ShouldBe("States.QueryEvaluationError");
        problem.Message.ShouldEndWith($"' specified for the field '{location}' {what}");
    }

    [Fact]
    public void What_is_read_is_told()
    {
        JsonataTemplate.Compile(JsonValue.Parse("""{"a":"{% $x + $states.input.y %}","b":["{% $w %}"]}"""), "Output").Variables.ShouldBe(["states", "w", "x"]);
        JsonataTemplate.Compile(JsonValue.Parse("""{"a":[1]}"""), "Output").IsLiteral.ShouldBeTrue();
    }

    [Fact]
    public void An_expression_that_cannot_be_read_is_refused()
    {
        var problem = Should.Throw<TemplateSyntaxException>(() => JsonataTemplate.Compile(JsonValue.Parse("""{"a":"{% 1 + %}"}"""), "Output"));
        problem.Location.ShouldBe("Output/a");
        problem.InnerException.ShouldBeOfType<JsonataException>();
    }
}
