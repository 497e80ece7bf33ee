using System.Text.RegularExpressions;
using CsCheck;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Tests.Generating;

/// <summary>
/// Random definitions that are valid and end: all eight states in both languages, nested, with retries, catchers, variables, loops, waits and tasks. Between states travels an object with
/// the number <c>n</c> and the numbers <c>items</c>, to which states add.
/// </summary>
static partial class Definitions
{
    const int Deepest = 2;

    /// <summary>Whole machines.</summary>
    public static Gen<JsonObject> Machine { get; } =
        from isJsonata in Gen.Bool
        from timeout in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[50, 5000]))
        from chain in Chain(isJsonata, 0)
        select Linking.Link(Members(
            ("QueryLanguage", isJsonata ? "JSONata" : "JSONPath"),
            ("TimeoutSeconds", timeout == 0 ? null : timeout),
            ("Chain", chain)));

    /// <summary>Inputs of machines.</summary>
    public static Gen<JsonObject> Input { get; } =
        from n in Gen.Int[0, 5]
        from items in Gen.Int[0, 9].Array[0, 4]
        select Members(("n", n), ("items", JsonArray.Create(items.Select(item => (JsonValue)item))));

    // The first state makes the variables that states after it read.
    static Gen<JsonArray> Chain(bool isJsonata, int depth) =>
        from middle in Pieces(isJsonata, depth).Array[1, depth == 0 ? 5 : 3]
        from last in Last(isJsonata)
        select Named(JsonArray.Create([First(isJsonata), .. middle.SelectMany(piece => piece), last]), depth);

    // An inner graph may not assign the names of those around it: the variables v and c are v0, c0 outside, v1, c1 within, and so on.
    static JsonArray Named(JsonArray chain, int depth)
    {
        var text = Read().Replace(chain.ToJson(), read => $"${read.Groups[1].Value}{depth}");
        return (JsonArray)JsonValue.Parse(Assigned().Replace(text, assigned => $"\"{assigned.Groups[1].Value}{depth}{assigned.Groups[2].Value}\":"));
    }

    [GeneratedRegex(@"\$([vc])(?![0-9A-Za-z_])")]
    private static partial Regex Read();

    [GeneratedRegex("\"([vc])(\\.\\$)?\":")]
    private static partial Regex Assigned();

    static JsonObject First(bool isJsonata) => isJsonata
        ? Members(("Type", "Pass"), ("Assign", Members(("v", "{% $states.input.n %}"), ("c", 0))))
        : Members(("Type", "Pass"), ("Assign", Members(("v.$", "$.n"), ("c", 0))));

    static Gen<JsonObject> Last(bool isJsonata) => Gen.Frequency(
        (4, Gen.Const(Members(("Type", "Succeed")))),
        (4, Gen.Const(Members(("Type", "Pass")))),
        (1, Gen.Const(Members(("Type", "Fail"), ("Error", "Boom"), ("Cause", "as told")))),
        (1, Gen.Const(isJsonata
            ? Members(("Type", "Fail"), ("Error", "{% 'Boom' & $states.input.n %}"))
            : Members(("Type", "Fail"), ("ErrorPath", "States.Format('Boom{}', $.n)")))));

    // In a JSONPath machine any state may speak JSONata.
    static Gen<JsonObject[]> Pieces(bool isJsonata, int depth) => isJsonata
        ? Piece(true, depth)
        : Gen.Bool.SelectMany(switches => Piece(switches, depth).Select(states => switches ? [.. states.Select(state => state.With("QueryLanguage", "JSONata"))] : states));

    static Gen<JsonObject[]> Piece(bool isJsonata, int depth)
    {
        var kinds = new List<(int, Gen<JsonObject[]>)>
        {
            (3, One(Pass(isJsonata))),
            (5, One(Tasks.Any(isJsonata))),
            (2, One(Choice(isJsonata))),
            (2, One(Wait(isJsonata))),
            (1, Gen.Const(Loop(isJsonata))),
        };
        if (depth < Deepest)
        {
            kinds.Add((2, One(Parallel(isJsonata, depth))));
            kinds.Add((2, One(Map(isJsonata, depth))));
            kinds.Add((1, One(DistributedMap(isJsonata, depth))));
        }

        return Gen.Frequency([.. kinds]);

        static Gen<JsonObject[]> One(Gen<JsonObject> state) => state.Select(only => new[] { only });
    }

    static Gen<JsonObject> Pass(bool isJsonata) => isJsonata
        ? Gen.OneOf(
            "{% $merge([$states.input, {'n': $states.input.n + $v}]) %}",
            "{% $merge([$states.input, {'luck': $random(), 'id': $uuid(), 'at': $millis()}]) %}",
            "{% $merge([$states.input, {'context': $states.context.State.EnteredTime & $states.context.Execution.Name}]) %}")
            .Select(output => Members(("Type", "Pass"), ("Output", output), ("Assign", Members(("v", "{% $states.input.n + 1 %}")))))
        : Gen.OneOf("States.MathAdd($.n, $v)", "States.MathRandom(1, 1000)", "States.UUID()", "$$.State.EnteredTime", "States.Format('{}/{}', $.n, $$.Execution.Name)", "States.Array($.n, $v)")
            .Select(expression => Members(("Type", "Pass"), ("Parameters", Members(("x.$", expression))), ("ResultPath", "$.pass")));

    static Gen<JsonObject> Choice(bool isJsonata) =>
        from limit in Gen.Int[0, 9]
        from shape in Gen.Int[0, 3]
        from far in Gen.Int[1, 3]
        select isJsonata
            ? Members(
                ("Type", "Choice"),
                ("Choices", JsonArray.Create([Members(("Condition", $"{{% $states.input.n < {limit} or $v = {shape} %}}"), ("Assign", Members(("v", limit))), ("Next", $"+{far}"))])),
                ("Default", "+1"))
            : Members(("Type", "Choice"), ("Choices", JsonArray.Create([Rule(limit, shape).With("Next", $"+{far}")])), ("Default", "+1"));

    static JsonObject Rule(int limit, int shape)
    {
        var compared = Members(("Variable", "$.n"), ("NumericLessThan", limit));
        return shape switch
        {
            0 => compared,
            1 => Members(("Not", compared)),
            2 => Members(("And", JsonArray.Create([compared, Members(("Variable", "$.items"), ("IsPresent", true))]))),
            _ => Members(("Or", JsonArray.Create([compared, Members(("Variable", "$v"), ("NumericEquals", 3))]))),
        };
    }

    static Gen<JsonObject> Wait(bool isJsonata) => Gen.Int[0, 300].SelectMany(seconds => isJsonata
        ? Gen.OneOf<(string, JsonValue?)>(("Seconds", seconds), ("Seconds", "{% $states.input.n * 7 %}"), ("Timestamp", "2025-01-01T00:03:00Z"), ("Timestamp", "{% $fromMillis($millis() + 5000) %}"))
            .Select(field => Members(("Type", "Wait"), field))
        : Gen.OneOf<(string, JsonValue?)>(("Seconds", seconds), ("SecondsPath", "$.n"), ("Timestamp", "2025-01-01T00:03:00Z")).Select(field => Members(("Type", "Wait"), field)));

    static JsonObject[] Loop(bool isJsonata) => isJsonata
        ?
        [
            Members(("Type", "Pass"), ("Assign", Members(("c", "{% $c + 1 %}")))),
            Members(("Type", "Choice"), ("Choices", JsonArray.Create([Members(("Condition", "{% $c % 3 != 0 %}"), ("Next", "-1"))])), ("Default", "+1")),
        ]
        :
        [
            Members(("Type", "Pass"), ("Assign", Members(("c.$", "States.MathAdd($c, 1)")))),
            Members(("Type", "Choice"), ("Choices", JsonArray.Create([Members(("Variable", "$c"), ("NumericLessThan", 3), ("Next", "-1"))])), ("Default", "+1")),
        ];

    static Gen<JsonObject> Parallel(bool isJsonata, int depth) =>
        from branches in Chain(isJsonata, depth + 1).Array[1, 3]
        from handlers in Tasks.Handlers(isJsonata)
        select Members([
            ("Type", "Parallel"),
            ("Branches", JsonArray.Create(branches.Select(chain => (JsonValue)Chained(isJsonata, chain)))),
            Added(isJsonata, "parallel"),
            .. handlers]);

    static Gen<JsonObject> Map(bool isJsonata, int depth) =>
        from chain in Chain(isJsonata, depth + 1)
        from concurrency in Gen.Int[0, 3]
        from handlers in Tasks.Handlers(isJsonata)
        select Members([
            ("Type", "Map"),
            ("ItemProcessor", Chained(isJsonata, chain)),
            ("MaxConcurrency", concurrency),
            .. Items(isJsonata),
            Added(isJsonata, "map"),
            .. handlers]);

    static Gen<JsonObject> DistributedMap(bool isJsonata, int depth) =>
        from chain in Chain(isJsonata, depth + 1)
        from concurrency in Gen.Int[1, 3]
        from tolerated in Gen.OneOf(0, 50, 100)
        from writes in Gen.Bool
        from handlers in Tasks.Handlers(isJsonata)
        select Members([
            ("Type", "Map"),
            ("ItemProcessor", Chained(isJsonata, WithoutActivities(chain)).With("ProcessorConfig", Members(("Mode", "DISTRIBUTED"), ("ExecutionType", "STANDARD")))),
            ("MaxConcurrency", concurrency),
            ("ToleratedFailurePercentage", tolerated),
            .. Items(isJsonata),
            ("ResultWriter", writes ? Members(("Resource", "arn:aws:states:::s3:putObject"), (isJsonata ? "Arguments" : "Parameters", Members(("Bucket", "results"), ("Prefix", "all")))) : null),
            Added(isJsonata, "distributed"),
            .. handlers]);

    // Activities of several executions stand in one queue, in an order that is told by nobody's events.
    static JsonArray WithoutActivities(JsonArray chain) => (JsonArray)JsonValue.Parse(chain.ToJson().Replace(Tasks.Activity, "arn:aws:lambda:us-east-1:000000000000:function:work", StringComparison.Ordinal));

    // The processor speaks the machine's language or, within a state that speaks its own, that of the state.
    static JsonObject Chained(bool isJsonata, JsonArray chain) => isJsonata
        ? Members(("Chain", JsonArray.Create(chain.ToArray().Select(state => (JsonValue)((JsonObject)state).With("QueryLanguage", "JSONata")))))
        : Members(("Chain", chain));

    static (string, JsonValue?)[] Items(bool isJsonata) => isJsonata
        ? [("Items", "{% $states.input.items %}"), ("ItemSelector", Members(("n", "{% $states.context.Map.Item.Value %}"), ("items", "{% [$states.input.items[0]] %}"), ("luck", "{% $random() %}")))]
        : [("ItemsPath", "$.items"), ("ItemSelector", Members(("n.$", "$$.Map.Item.Value"), ("items.$", "$.items[:1]"), ("id.$", "States.UUID()")))];

    static (string, JsonValue?) Added(bool isJsonata, string name) => isJsonata
        ? ("Output", $"{{% $merge([$states.input, {{'{name}': $states.result}}]) %}}")
        : ("ResultPath", $"$.{name}");

    /// <summary>An object of those members that have a value.</summary>
    internal static JsonObject Members(params (string Name, JsonValue? Value)[] members)
    {
        var json = new JsonObject.Builder(members.Length);
        foreach (var (name, value) in members)
        {
            if (value is not null) json.Set(name, value);
        }

        return json.Build();
    }
}
