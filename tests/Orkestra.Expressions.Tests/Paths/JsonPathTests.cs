using CsCheck;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Paths;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Paths;

public sealed class JsonPathTests
{
    static readonly JsonValue Store = JsonValue.Parse("""
        {
          "name": "shop", "open": true, "none": null, "delivery-partner": "x", "a b": 1, "it's": 2,
          "items": [{"id": 1, "price": 5, "tag": "red"}, {"id": 2, "price": 15, "tag": "blue"}, {"id": "3", "price": 25}],
          "nested": {"deep": {"id": 9}}, "matrix": [[1, 2], [3]], "numbers": [1, 2, 3],
          "rows": [{"k": null}, {"k": 1}, {"k": false}, {"z": 1}]
        }
        """);

    [Theory]
    [InlineData("$.name", "\"shop\"")]
    [InlineData("$['name']", "\"shop\"")]
    [InlineData("$[\"name\"]", "\"shop\"")]
    [InlineData("$.['name']", "\"shop\"")]
    [InlineData("$.none", "null")]
    [InlineData("$.delivery-partner", "\"x\"")]
    [InlineData("$['a b']", "1")]
    [InlineData(@"$['it\'s']", "2")]
    [InlineData("$.items[1].price", "15")]
    [InlineData("$.items.[1].price", "15")]
    [InlineData("$.items[-1].id", "\"3\"")]
    [InlineData("$.items[(@.length-1)].id", "\"3\"")]
    [InlineData("$.matrix[0][1]", "2")]
    [InlineData("$.items[*].id", "[1,2,\"3\"]")]
    [InlineData("$.items.*.id", "[1,2,\"3\"]")]
    [InlineData("$.items[0,2].id", "[1,\"3\"]")]
    [InlineData("$.items[1:].id", "[2,\"3\"]")]
    [InlineData("$.items[:1].id", "[1]")]
    [InlineData("$.items[-2:-1].id", "[2]")]
    [InlineData("$..id", "[1,2,\"3\",9]")]
    [InlineData("$.items[?(@.price > 10)].id", "[2,\"3\"]")]
    [InlineData("$.items[?(@.price > 10 && @.tag == 'blue')].id", "[2]")]
    [InlineData("$.items[?(@.id == 3 || !(@.price < 15))].id", "[2,\"3\"]")]
    [InlineData("$.items[?(@.tag)].id", "[1,2]")]
    [InlineData("$.items[?(!@.tag)].id", "[\"3\"]")]
    [InlineData("$.rows[?(!@.k)]", "[{\"k\":null},{\"z\":1}]")]
    [InlineData("$.rows[?(@.k)]", "[{\"k\":null},{\"k\":1},{\"k\":false}]")]
    [InlineData("$.rows[?(@.k == null)]", "[{\"k\":null}]")]
    [InlineData("$.rows[?(@.k != null)]", "[{\"k\":1},{\"k\":false},{\"z\":1}]")]
    [InlineData("$.items[?(@.tag != 'red')].id", "[2,\"3\"]")]
    [InlineData("$.items[?(@.tag == red)].id", "[1]")]
    [InlineData("$.items[?(@.tag in ['red', 'green'])].id", "[1]")]
    [InlineData("$.items[?(@.tag =~ /B.*/i)].id", "[2]")]
    [InlineData("$.items[?(@.id == $.nested.deep.id)]", "[]")]
    [InlineData("$.items[?(@['price'] >= 15)]['id']", "[2,\"3\"]")]
    [InlineData("$.numbers[?(@ > 1)]", "[]")]
    [InlineData("$.no[*]", "[]")]
    [InlineData("$.no.such[1:2].x", "[]")]
    [InlineData("$.items[7]", null)]
    [InlineData("$.items[99999999999999999999]", null)]
    [InlineData("$.items[0]['id','price']", "{\"id\":1,\"price\":5}")]
    [InlineData("$.items[*]['id','tag']", "[{\"id\":1,\"tag\":\"red\"},{\"id\":2,\"tag\":\"blue\"},{\"id\":\"3\"}]")]
    [InlineData("$['nested','items'].deep.id", "[9]")]
    [InlineData("$.items.length()", "3")]
    [InlineData("$.nested.keys()", "[\"deep\"]")]
    [InlineData("$.numbers.sum()", null)]
    [InlineData("$.name ", "\"shop\"")]
    [InlineData("$.no", null)]
    [InlineData("$.name.no", null)]
    public void Step_Functions_paths(string path, string? expected) => JsonPath.Compile(path).Evaluate(Store).ShouldBe(expected is null ? null : JsonValue.Parse(expected));

    [Theory]
    [InlineData("$.no", JsonPathMissKind.NoResults, "No results for path: $['no']")]
    [InlineData("$.nested.no", JsonPathMissKind.NoResults, "No results for path: $['nested']['no']")]
    [InlineData("$.no.such.path", JsonPathMissKind.MissingProperty, "Missing property in path $['no']")]
    [InlineData("$.nested.no.path", JsonPathMissKind.MissingProperty, "Missing property in path $['nested']['no']")]
    [InlineData("$.items[7].id", JsonPathMissKind.NoResults, "No results for path: $['items'][7]['id']")]
    [InlineData("$.items[7]", JsonPathMissKind.NoElement, "No results for path: $['items'][7]")]
    [InlineData("$.none[0]", JsonPathMissKind.NotAnArray, "The path $['none'] is null")]
    [InlineData("$.name[0]", JsonPathMissKind.NotAnArray, "Filter: [0] can only be applied to arrays. Current context is: \"shop\"")]
    public void Misses_are_worded_as_AWS_words_them(string path, JsonPathMissKind kind, string message)
    {
        var miss = JsonPath.Compile(path).FindMiss(new EvaluationScope(Store));
        miss.ShouldBe(new JsonPathMiss(kind, message));
    }

    [Fact]
    public void Roots_are_data_context_and_variables()
    {
        var scope = new EvaluationScope(Store, JsonValue.Parse("""{"Execution":{"Name":"run"}}"""), JsonObject.Create(("order", JsonValue.Parse("""{"id":7}"""))));
        JsonPath.Compile("$").Evaluate(scope).ShouldBeSameAs(Store);
        JsonPath.Compile("$$.Execution.Name").Evaluate(scope).ShouldBe("run");
        var variable = JsonPath.Compile("$order.id");
        variable.Evaluate(scope).ShouldBe(7);
        variable.Variables.ShouldBe(["order"]);
        variable.RootKind.ShouldBe(JsonPathRoot.Variable);
        JsonPath.Compile("$other").FindMiss(scope)!.Kind.ShouldBe(JsonPathMissKind.NoVariable);
        JsonPath.Compile("$$").FindMiss(new EvaluationScope(Store))!.Kind.ShouldBe(JsonPathMissKind.NoContext);
        JsonPath.Compile("$.a").Variables.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$...")]
    [InlineData("$.a[")]
    [InlineData("$.a[]")]
    [InlineData("$.a['b'")]
    [InlineData("$.a[?(@.b ==)]")]
    [InlineData("$.a[?(1)]")]
    [InlineData("$.a[1:2:3]")]
    [InlineData("$.a b")]
    [InlineData("$.a.frobnicate()")]
    [InlineData("$[(@.x)]")]
    public void Wrong_paths_are_refused(string path) => Should.Throw<JsonPathSyntaxException>(() => JsonPath.Compile(path));

    [Theory]
    [InlineData("$.a", true)]
    [InlineData("$.a['b'][0]", true)]
    [InlineData("$['a','b']", true)]
    [InlineData("$.a[0,1]", false)]
    [InlineData("$.a[0:1]", false)]
    [InlineData("$.a[*]", false)]
    [InlineData("$..a", false)]
    [InlineData("$.a[?(@.b)]", false)]
    public void Definite_paths_are_told_from_indefinite_ones(string path, bool definite) => JsonPath.Compile(path).IsDefinite.ShouldBe(definite);

    [Fact]
    public void Hostile_paths_end_in_an_error()
    {
        var nested = string.Concat(Enumerable.Repeat("$[?(@", 200)) + string.Concat(Enumerable.Repeat(")]", 200));
        Should.Throw<JsonPathSyntaxException>(() => JsonPath.Compile(nested));
        Should.Throw<JsonPathSyntaxException>(() => JsonPath.Compile("$[?" + new string('(', 5000)));
        Should.Throw<JsonPathSyntaxException>(() => JsonPath.Compile("$" + string.Concat(Enumerable.Repeat(".a", 10_000))));
        Should.Throw<JsonPathSyntaxException>(() => JsonPath.Compile("$[?" + new string('!', 5000) + "@.a]"));
        JsonValue deep = 1;
        for (var i = 0; i < 30; i++) deep = JsonArray.Create([deep, deep]);
        Should.Throw<JsonPathLimitException>(() => JsonPath.Compile("$..*").Evaluate(deep));
        var list = JsonArray.Create(Enumerable.Range(0, 300).Select(i => (JsonValue)i));
        Should.Throw<JsonPathLimitException>(() => JsonPath.Compile("$[?count($[?count($[?@ > -1]) > 0]) > 0]", JsonPathDialect.Rfc9535).Evaluate(list));
    }

    [Fact]
    public void A_path_evaluates_the_same_over_many_shapes()
    {
        var path = JsonPath.Compile("$.x");
        for (var i = 0; i < 100; i++)
        {
            var members = Enumerable.Range(0, i % 12).Select(n => ($"m{i}{n}", (JsonValue)n)).Append(("x", i)).ToArray();
            path.Evaluate(JsonObject.Create(members)).ShouldBe(i);
            path.Evaluate(JsonObject.Create(members.AsSpan(0, members.Length - 1))).ShouldBeNull();
        }
    }

    [Fact]
    public void Normalized_paths_lead_back_to_their_nodes() => JsonGen.Value.Sample(value =>
    {
        foreach (var node in JsonPath.Compile("$..*", JsonPathDialect.Rfc9535).SelectNodes(value))
        {
            var again = JsonPath.Compile(node.Path, JsonPathDialect.Rfc9535).SelectNodes(value);
            if (again is not [var only] || !ReferenceEquals(only.Value, node.Value) || only.Path != node.Path) return false;
            if (!ReferenceEquals(JsonPath.Compile(node.Path).Evaluate(value), node.Value)) return false;
        }

        return true;
    });

    [Fact]
    public void Texts_near_a_path_are_read_or_refused()
    {
        const string Alphabet = "$.[]*?@()'\"ab01-:,=!<>&|\\/ ~~{}";
        Gen.Int[0, Alphabet.Length - 1].Array[0, 24].Sample(
            letters =>
            {
                var text = "$" + string.Concat(letters.Select(at => Alphabet[at]));
                foreach (var dialect in Enum.GetValues<JsonPathDialect>())
                {
                    if (JsonPath.TryCompile(text, dialect, out var path, out _)) path.Evaluate(Store);
                }
            },
            iter: 20_000);
    }
}
