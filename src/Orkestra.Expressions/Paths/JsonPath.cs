using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Paths.Parsing;

namespace Orkestra.Expressions.Paths;

/// <summary>A compiled JSONPath. Immutable and safe for use by several threads: compile once, evaluate many times.</summary>
public sealed class JsonPath
{
    readonly PathQuery query;
    readonly JsonPathOptions options;

    JsonPath(string text, JsonPathDialect dialect, JsonPathRoot root, string? variable, PathQuery query, JsonPathOptions options)
    {
        Text = text;
        Dialect = dialect;
        RootKind = root;
        VariableName = variable;
        Variables = variable is null ? [] : [variable];
        this.query = query;
        this.options = options;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>The rules it follows.</summary>
    public JsonPathDialect Dialect { get; }

    /// <summary>What it starts from; always <see cref="JsonPathRoot.Data"/> in RFC 9535.</summary>
    public JsonPathRoot RootKind { get; }

    /// <summary>The name of the variable it starts from; null when it starts from none.</summary>
    public string? VariableName { get; }

    /// <summary>The names of the variables it reads.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Whether it can select one node at most: no wildcard, slice, filter, list of indexes or <c>..</c>.</summary>
    public bool IsDefinite => query.IsDefinite;

    internal PathQuery Query => query;

    /// <summary>Compiles a path.</summary>
    /// <param name="text">The path, such as <c>$.a[0]</c>.</param>
    /// <param name="dialect">The rules it follows.</param>
    /// <param name="options">Limits; <see cref="JsonPathOptions.Default"/> when null.</param>
    /// <exception cref="JsonPathSyntaxException">The text is not a path of the dialect.</exception>
    public static JsonPath Compile(string text, JsonPathDialect dialect = JsonPathDialect.StepFunctions, JsonPathOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= JsonPathOptions.Default;
        if (dialect == JsonPathDialect.Rfc9535) return new JsonPath(text, dialect, JsonPathRoot.Data, null, Rfc9535Parser.Parse(text, options), options);
        var (root, variable, query) = StepFunctionsParser.Parse(text, options);
        return new JsonPath(text, dialect, root, variable, query, options);
    }

    /// <summary>Whether a text is a path of a dialect.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dialect">The rules.</param>
    /// <param name="path">The compiled path.</param>
    /// <param name="problem">What is wrong with the text, when it is not a path.</param>
    public static bool TryCompile(
        string text,
        JsonPathDialect dialect,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonPath? path,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out JsonPathSyntaxException? problem)
    {
        try
        {
            path = Compile(text, dialect);
            problem = null;
            return true;
        }
        catch (JsonPathSyntaxException fault)
        {
            path = null;
            problem = fault;
            return false;
        }
    }

    /// <summary>Evaluates the path over data alone.</summary>
    /// <inheritdoc cref="Evaluate(in EvaluationScope)"/>
    public JsonValue? Evaluate(JsonValue data) =>
        RootKind == JsonPathRoot.Data && GivesOne ? query.Get(data) : Evaluate(new EvaluationScope(data));

    /// <summary>
    /// Evaluates the path. Step Functions: a definite path gives its value, or null when it misses (<see cref="FindMiss"/> tells why); an indefinite
    /// one gives the array of the values it selects, also when there is one or none. RFC 9535: always the array.
    /// </summary>
    /// <exception cref="JsonPathLimitException">The evaluation visits too many nodes, or passes a limit of the scope's meter.</exception>
    public JsonValue? Evaluate(in EvaluationScope scope)
    {
        var start = Start(scope);
        if (GivesOne) return start is null ? null : query.Get(start);
        if (start is null) return JsonArray.Empty;
        var walk = new PathWalk(start, options.MaxVisits, withLocations: false);
        var values = Select(start, walk).Values;
        if (scope.Meter?.TryUse(walk.Visits, 40 + (values.Count * 8L)) == false) throw new JsonPathLimitException("The evaluations of this state use more memory or more steps than they may.");
        return JsonArray.Create(values);
    }

    /// <summary>The nodes the path selects of some data, in order, each with its place.</summary>
    /// <exception cref="JsonPathLimitException">The evaluation visits too many nodes.</exception>
    public IReadOnlyList<JsonPathNode> SelectNodes(JsonValue data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var nodes = Select(data, new PathWalk(data, options.MaxVisits, withLocations: true));
        return [.. nodes.Values.Select((value, at) => new JsonPathNode(value, nodes.Locations[at].ToString()))];
    }

    /// <summary>Why a definite path finds nothing; null when it finds something, or is indefinite.</summary>
    public JsonPathMiss? FindMiss(in EvaluationScope scope)
    {
        if (!query.IsDefinite) return null;
        if (Start(scope) is { } start) return JsonPathMisses.Find(query.Chain, start);
        return RootKind == JsonPathRoot.Context ? new JsonPathMiss(JsonPathMissKind.NoContext, "There is no context object.")
            : new JsonPathMiss(JsonPathMissKind.NoVariable, $"There is no variable '{VariableName}'.");
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => Text;

    PathNodes SelectOnDeepStack(JsonValue start, PathWalk walk) => DeepStack.Run(() => query.Select(start, walk));

    PathNodes Select(JsonValue start, PathWalk walk)
    {
        try
        {
            return query.Select(start, walk);
        }
        catch (InsufficientExecutionStackException) when (!DeepStack.IsCurrent)
        {
            // Started over, as the data nests deeper than the stack of this thread reaches.
            return SelectOnDeepStack(start, new PathWalk(start, options.MaxVisits, walk.WithLocations));
        }
    }

    // The value itself, not an array of what is selected.
    bool GivesOne => query.IsDefinite && Dialect == JsonPathDialect.StepFunctions;

    JsonValue? Start(in EvaluationScope scope) => RootKind switch
    {
        JsonPathRoot.Data => scope.Data,
        JsonPathRoot.Context => scope.Context,
        _ => scope.Variables is { } variables && variables.TryGetValue(VariableName!, out var value) ? value : null,
    };
}
