using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Jsonata;
using Orkestra.Expressions.Paths;

namespace Orkestra.Validation;

/// <summary>
/// Which variables each state reads, as <c>variableReferences</c> of DescribeStateMachine tells
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html).
/// </summary>
public static class VariableReferences
{
    // Payload templates: in them only the fields whose names end with .$ are dynamic.
    static readonly string[] Templates = ["Parameters", "ResultSelector", "ItemSelector", "Assign", "Credentials", "BatchInput"];

    // Texts, literals, and what belongs to other states.
    static readonly string[] Skipped =
        ["Type", "Comment", "QueryLanguage", "Next", "Default", "Resource", "Result", "Label", "Branches", "ItemProcessor", "Iterator", "Retry", "ErrorEquals"];

    /// <summary>The names of the variables each state reads, without <c>$</c>, sorted; states that read none are left out.</summary>
    /// <param name="document">The document. Expressions that cannot be parsed read nothing.</param>
    public static EquatableMap<EquatableList<string>> Of(StateMachine document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var found = new OrderedDictionary<string, EquatableList<string>>(StringComparer.Ordinal);
        Graph(document, document.QueryLanguage == QueryLanguage.JSONata, found);
        return new(found);
    }

    /// <summary>The same as JSON: an object of arrays.</summary>
    public static JsonObject ToJson(StateMachine document) =>
        JsonObject.Create(Of(document).Select(state => KeyValuePair.Create(state.Key, (JsonValue)JsonArray.Create(state.Value.Select(name => (JsonValue)name)))));

    static void Graph(StateGraph graph, bool jsonata, OrderedDictionary<string, EquatableList<string>> found)
    {
        foreach (var (name, state) in graph.States)
        {
            var read = new SortedSet<string>(StringComparer.Ordinal);
            if (AslWriter.ToJson(state) is JsonObject fields)
            {
                if (state.QueryLanguage is { } language ? language == QueryLanguage.JSONata : jsonata)
                    Jsonata(fields, read);
                else
                    Paths(fields, read);
            }

            if (read.Count > 0) found[name] = EquatableList.Create<string>(read);
            if (state is ParallelState parallel)
            {
                foreach (var branch in parallel.Branches) Graph(branch, jsonata, found);
            }
            else if (state is MapState { Processor: { } processor })
            {
                Graph(processor, jsonata, found);
            }
        }
    }

    static void Jsonata(JsonValue value, SortedSet<string> read)
    {
        switch (value)
        {
            case JsonString { Value: var text } when text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal):
                Expression(text, read);
                break;
            case JsonArray array:
                foreach (var item in array) Jsonata(item, read);
                break;
            case JsonObject fields:
                foreach (var (name, field) in fields)
                {
                    if (!Skipped.Contains(name)) Jsonata(field, read);
                }

                break;
        }
    }

    static void Expression(string text, SortedSet<string> read)
    {
        try
        {
            if (text.Length < 4) return;
            var variables = Orkestra.Expressions.Jsonata.Jsonata.Compile(text[2..^2], JsonataOptions.StepFunctions).Variables;
            read.UnionWith(variables.Where(variable => variable != "states"));
        }
        catch (JsonataException)
        {
            // The validator tells what is wrong with it.
        }
    }

    static void Paths(JsonObject fields, SortedSet<string> read)
    {
        foreach (var (name, field) in fields)
        {
            if (Skipped.Contains(name)) continue;
            switch (field)
            {
                case JsonString { Value: var text } when name is "Variable" || name.EndsWith("Path", StringComparison.Ordinal):
                    Path(text, read);
                    break;
                case var template when Templates.Contains(name):
                    Template(template, read);
                    break;
                case JsonObject part:
                    Paths(part, read);
                    break;
                case JsonArray parts:
                    foreach (var part in parts)
                    {
                        if (part is JsonObject inner) Paths(inner, read);
                    }

                    break;
            }
        }
    }

    static void Template(JsonValue template, SortedSet<string> read)
    {
        switch (template)
        {
            case JsonArray array:
                foreach (var item in array) Template(item, read);
                break;
            case JsonObject fields:
                foreach (var (name, field) in fields)
                {
                    if (name.EndsWith(".$", StringComparison.Ordinal) && field is JsonString { Value: var text })
                        Path(text, read);
                    else
                        Template(field, read);
                }

                break;
        }
    }

    static void Path(string text, SortedSet<string> read)
    {
        if (JsonPath.TryCompile(text, JsonPathDialect.StepFunctions, out var path, out _))
            read.UnionWith(path.Variables);
        else if (IntrinsicExpression.TryCompile(text, out var call, out _))
            read.UnionWith(call.Variables);
    }
}
