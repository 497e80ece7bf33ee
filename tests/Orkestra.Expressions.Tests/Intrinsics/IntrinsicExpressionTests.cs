using CsCheck;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Intrinsics;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Intrinsics;

public sealed class IntrinsicExpressionTests
{
    static readonly EvaluationScope Scope = new(
        JsonValue.Parse("""
            {"name": "Ada", "n": 1.5, "list": [1, 2, 2, {"a": [1]}], "map": {"a": 1, "b": "x"}, "none": null, "json": "{\"a\": [1, 2]}", "tpl": "n={}", "delim": ".+,="}
            """),
        JsonValue.Parse("""{"Execution": {"Name": "run"}}"""),
        JsonObject.Create(("limit", 3)),
        new SeededRandomness(1));

    [Theory]
    [InlineData("States.Format('Hello, {}!', $.name)", "\"Hello, Ada!\"")]
    [InlineData("States.Format($.tpl, 7)", "\"n=7\"")]
    [InlineData(@"States.Format('\{\}\'\\{}', true)", @"""{}'\\true""")]
    [InlineData("States.Format('{} {} {}', $.list, $.map, $.none)", "\"[1, 2, 2, {a=[1]}] {a=1, b=x} null\"")]
    [InlineData("States.Format('{}', $$.Execution.Name)", "\"run\"")]
    [InlineData("States.StringToJson($.json)", "{\"a\":[1,2]}")]
    [InlineData("States.StringToJson('  ')", "null")]
    [InlineData("States.StringToJson('{\"a\": \"b\"}')", "{\"a\":\"b\"}")]
    [InlineData("States.JsonToString($.map)", "\"{\\\"a\\\":1,\\\"b\\\":\\\"x\\\"}\"")]
    [InlineData("States.Array()", "[]")]
    [InlineData("States.Array('a', -2.5, null, true, $.n, $limit)", "[\"a\",-2.5,null,true,1.5,3]")]
    [InlineData("States.ArrayPartition($.list, 3)", "[[1,2,2],[{\"a\":[1]}]]")]
    [InlineData("States.ArrayPartition($.list, 1.5)", "[[1,2],[2,{\"a\":[1]}]]")]
    [InlineData("States.ArrayContains($.list, 2)", "true")]
    [InlineData("States.ArrayContains($.list, '2')", "false")]
    [InlineData("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("States.ArrayRange(3, -3, -3)", "[3,0,-3]")]
    [InlineData("States.ArrayRange(3, 1, 1)", "[]")]
    [InlineData("States.ArrayRange(1, 2, 5)", "[1]")]
    [InlineData("States.ArrayGetItem($.list, 3)", "{\"a\":[1]}")]
    [InlineData("States.ArrayLength($.list)", "4")]
    [InlineData("States.ArrayUnique($.list)", "[1,2,{\"a\":[1]}]")]
    [InlineData("States.Base64Encode('Data to encode')", "\"RGF0YSB0byBlbmNvZGU=\"")]
    [InlineData("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "\"Data to encode\"")]
    [InlineData("States.Base64Decode('RGF0YSB0byBlbmNvZGU')", "\"Data to encode\"")]
    [InlineData("States.Base64Decode('YQ')", "\"a\"")]
    [InlineData("States.Hash('input data', 'SHA-1')", "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"")]
    [InlineData("States.Hash('input data', 'MD5')", "\"812f45842bc6d66ee14572ce20db8e86\"")]
    [InlineData("States.JsonMerge($.map, States.StringToJson('{\"b\":2,\"c\":3}'), false)", "{\"a\":1,\"b\":2,\"c\":3}")]
    [InlineData("States.MathAdd($.n, -1)", "1")]
    [InlineData("States.MathAdd(-2.5, 2147483647)", "2147483645")]
    [InlineData("States.StringSplit('This.is+a,test=string', $.delim)", "[\"This\",\"is\",\"a\",\"test\",\"string\"]")]
    [InlineData("States.StringSplit(',,a,,', ',')", "[\"a\"]")]
    [InlineData("States.StringSplit('a😀b', '😁')", "[\"a😀b\"]")]
    [InlineData("States.ArrayLength($.list[?(@.a == 'x,)')])  ", "0")]
    [InlineData("States.ArrayGetItem(States.StringSplit('a/b/c', '/'), States.MathAdd(1, 1))", "\"c\"")]
    public void Functions_answer(string expression, string expected) => IntrinsicExpression.Compile(expression).Evaluate(Scope).ShouldBe(JsonValue.Parse(expected));

    [Theory]
    [InlineData("States.Format('{}')")]
    [InlineData("States.Format('{', 1)")]
    [InlineData("States.Format('x', 1)")]
    [InlineData("States.Format(1, 1)")]
    [InlineData("States.StringToJson('{')")]
    [InlineData("States.StringToJson(1)")]
    [InlineData("States.ArrayPartition($.list, 0)")]
    [InlineData("States.ArrayPartition($.name, 1)")]
    [InlineData("States.ArrayRange(1, 2, 0)")]
    [InlineData("States.ArrayRange(1, 1001, 1)")]
    [InlineData("States.ArrayRange(-2147483648, 2147483647, 1)")]
    [InlineData("States.ArrayGetItem($.list, 4)")]
    [InlineData("States.ArrayGetItem($.list, -1)")]
    [InlineData("States.ArrayGetItem($.list, 0.5)")]
    [InlineData("States.Base64Decode('not base64')")]
    [InlineData("States.Base64Decode('YWJjZ')")]
    [InlineData("States.Base64Decode('YQ=')")]
    [InlineData("States.Hash('x', 'SHA256')")]
    [InlineData("States.JsonMerge($.map, $.map, true)")]
    [InlineData("States.JsonMerge($.list, $.map, false)")]
    [InlineData("States.MathAdd('1', 1)")]
    [InlineData("States.MathAdd(2147483648, 1)")]
    [InlineData("States.MathRandom(2, 2)")]
    public void Functions_refuse_wrong_arguments(string expression)
    {
        var problem = Should.Throw<ExpressionException>(() => IntrinsicExpression.Compile(expression).Evaluate(Scope));
        problem.Error.ShouldBe("States.Runtime");
        problem.Message.ShouldStartWith($"The function '{expression}' had the following error: ");
    }

    [Theory]
    [InlineData("States.Format('{}', $.nope)", "The JsonPath argument for the field '$.nope' could not be found in the input '{\"other\":1}'")]
    [InlineData("States.Array(States.Array($.a.b))", "The JsonPath argument for the field '$.a.b' could not be found in the input '{\"other\":1}'")]
    [InlineData("States.Array($$.Nope.Deep)", "The JsonPath argument for the field '$$.Nope.Deep' could not be found in the input '{\"other\":1}'")]
    [InlineData("States.Array($.other[0])", "Filter: [0] can only be applied to arrays. Current context is: 1")]
    public void Paths_that_find_nothing_are_worded_as_AWS_words_them(string expression, string reason)
    {
        var problem = Should.Throw<ExpressionException>(() => IntrinsicExpression.Compile(expression).Evaluate(new EvaluationScope(JsonValue.Parse("""{"other":1}"""), JsonObject.Empty)));
        problem.Error.ShouldBe("States.Runtime");
        problem.Message.ShouldBe($"The function '{expression}' had the following error: {reason}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("States")]
    [InlineData(" States.UUID()")]
    [InlineData("States.Nope()")]
    [InlineData("States.UUID(1)")]
    [InlineData("States.ArrayLength()")]
    [InlineData("States.JsonToString($")]
    [InlineData("States.JsonToString($.a,)")]
    [InlineData("States.Array('a)")]
    [InlineData("States.Array(\"a\")")]
    [InlineData("States.Array(a)")]
    [InlineData("States.Array($.)")]
    [InlineData("States.Array() x")]
    [InlineData("""States.StringToJson('{"text":"An \"escaped double quote\" here"}')""")]
    [InlineData("""States.Format('He said, \"Hello, {}!\"', 'x')""")]
    public void Wrong_calls_are_refused(string expression) => IntrinsicExpression.TryCompile(expression, out _, out _).ShouldBeFalse();

    [Fact]
    public void Functions_nest_ten_levels()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("States.Array(", depth)) + new string(')', depth);
        IntrinsicExpression.TryCompile(Nested(10), out _, out _).ShouldBeTrue();
        IntrinsicExpression.TryCompile(Nested(11), out _, out _).ShouldBeFalse();
        IntrinsicExpression.TryCompile(Nested(100_000), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Texts_of_more_than_10_000_characters_are_refused()
    {
        var scope = new EvaluationScope(JsonObject.Create(("fits", new string('a', 10_000)), ("large", new string('a', 10_001)), ("pairs", string.Concat(Enumerable.Repeat("😀", 5001)))));
        IntrinsicExpression.Compile("States.Base64Encode($.fits)").Evaluate(scope);
        IntrinsicExpression.Compile("States.Base64Encode($.pairs)").Evaluate(scope);
        Should.Throw<ExpressionException>(() => IntrinsicExpression.Compile("States.Base64Encode($.large)").Evaluate(scope));
        Should.Throw<ExpressionException>(() => IntrinsicExpression.Compile("States.Hash($.large, 'MD5')").Evaluate(scope));
    }

    [Fact]
    public void Randomness_is_repeatable()
    {
        static string Draw(ulong seed)
        {
            var scope = new EvaluationScope(JsonValue.Null, Randomness: new SeededRandomness(seed));
            return IntrinsicExpression.Compile("States.Array(States.UUID(), States.MathRandom(1, 1000000), States.MathRandom(1, 1000000, 5))").Evaluate(scope).ToJson();
        }

        Draw(1).ShouldBe(Draw(1));
        Draw(1).ShouldNotBe(Draw(2));
        JsonValue.Parse(Draw(1))[2].ShouldBe(JsonValue.Parse(Draw(2))[2]);
        Guid.Parse(((JsonString)JsonValue.Parse(Draw(3))[0]!).Value).Version.ShouldBe(4);
    }

    [Fact]
    public void Random_numbers_stay_in_their_range() => Gen.Select(Gen.Int[-1000, 1000], Gen.Int[1, 1000], Gen.ULong).Sample((start, count, seed) =>
    {
        var value = IntrinsicExpression.Compile($"States.MathRandom({start}, {start + count})").Evaluate(new EvaluationScope(JsonValue.Null, Randomness: new SeededRandomness(seed)));
        return ((JsonNumber)value).Value is var number && number >= start && number < start + count;
    });

    [Fact]
    public void Variables_and_context_are_told()
    {
        var expression = IntrinsicExpression.Compile("States.MathAdd(States.MathAdd($y, $x.a), $y)");
        expression.Variables.ShouldBe(["y", "x"]);
        expression.ReadsContext.ShouldBeFalse();
        expression.FunctionName.ShouldBe("States.MathAdd");
        IntrinsicExpression.Compile("States.Array($$.State)").ReadsContext.ShouldBeTrue();
    }

    [Fact]
    public void Base64_is_read_back() => Gen.String[0, 50].Where(text => text.IsNormalized()).Sample(text =>
        IntrinsicExpression.Compile("States.Base64Decode(States.Base64Encode($))").Evaluate(new EvaluationScope(text)) == (JsonValue)text);

    [Fact]
    public void Partitions_put_together_are_the_array() => Gen.Select(Gen.Int.Array[0, 30], Gen.Int[1, 12]).Sample((items, size) =>
    {
        var array = JsonArray.Create(items.Select(item => (JsonValue)item));
        var chunks = (JsonArray)IntrinsicExpression.Compile($"States.ArrayPartition($, {size})").Evaluate(new EvaluationScope(array));
        return chunks.Span.ToArray().SelectMany(chunk => ((JsonArray)chunk).Span.ToArray()).SequenceEqual(array.Span.ToArray())
            && chunks.Span.ToArray().All(chunk => ((JsonArray)chunk).Count <= size);
    });

    [Fact]
    public void Texts_near_a_call_are_read_or_refused()
    {
        string[] pieces = ["States.", "Format", "Array", "(", ")", ",", "'", "{}", "$", "$.a", "[0]", "1", " ", "\\", "null", "MathAdd", "UUID", "-"];
        Gen.Int[0, pieces.Length - 1].Array[0, 16].Sample(
            at =>
            {
                if (!IntrinsicExpression.TryCompile("States." + string.Concat(at.Select(i => pieces[i])), out var expression, out _)) return;
                try
                {
                    expression.Evaluate(Scope);
                }
                catch (ExpressionException)
                {
                }
            },
            iter: 20_000);
    }
}
