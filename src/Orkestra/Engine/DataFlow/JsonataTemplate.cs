using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Engine.DataFlow;

/// <summary>A JSONata expression.</summary>
internal sealed class JsonataTemplate : Template
{
    readonly JsonataExpression expression;
    readonly string location;
    readonly string[] variables;
    readonly string[] functions;
    readonly bool readsStates;
    readonly bool readsContext;
    readonly bool isRandom;
    readonly ResultType? type;

    /// <param name="text">The expression.</param>
    /// <param name="location">The field, for errors.</param>
    /// <param name="type">The type the result must have; null for any.</param>
    internal JsonataTemplate(string text, string location, ResultType? type)
    {
        expression = Jsonata.Compile(text, JsonataOptions.StepFunctions);
        this.location = location;
        this.type = type;
        variables = [.. expression.Variables.Where(name => name != "states").Select(string.Intern)];
        functions = [.. expression.FunctionNames];
        readsStates = expression.Variables.Contains("states");
        readsContext = readsStates && StatesUse.MayReadContext(text);
        isRandom = text.Contains("$random", StringComparison.Ordinal) || text.Contains("$shuffle", StringComparison.Ordinal) || text.Contains("$uuid", StringComparison.Ordinal);
    }

    /// <summary>The expression, without its delimiters.</summary>
    internal string Text => expression.Text;

    internal override JsonValue Evaluate(Evaluation at)
    {
        var bindings = at.Bindings;
        bindings.Reset(at.Time, isRandom ? at.NextSeed() : 0);
        if (readsStates) bindings.Bind("states", at.States(readsContext));
        if (!at.Variables.IsEmpty) Bind(at.Variables, bindings);
        JsonValue? result;
        try
        {
            result = expression.Evaluate(null, bindings, JsonataLimits.StepFunctions, at.Meter);
        }
        catch (JsonataException problem)
        {
            throw Failed(problem.ServiceMessage);
        }

        if (result is null) throw Failed("returned nothing (undefined).");
        if (type is { } wanted && !wanted.Allows(result.Kind))
            throw Failed($"returned an unexpected result type. Expected '{Name(wanted.Kind)}', but was '{Name(result.Kind)}' for value: {result.ToJson()}");
        return result;
    }

    void Bind(VariableScope scope, JsonataBindings bindings)
    {
        foreach (var name in variables)
        {
            if (scope.TryGet(name, out var value)) bindings.Bind(name, value);
        }

        // A variable hides the function of its name.
        foreach (var name in functions)
        {
            if (scope.TryGet(name, out var value)) bindings.Set(name, value);
        }
    }

    EvaluationException Failed(string what) =>
        new(ErrorNames.QueryEvaluationError, $"The JSONata expression '{Text}' specified for the field '{location}' {what}", location);

    static string Name(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "boolean",
        JsonKind.Number => "number",
        JsonKind.String => "string",
        JsonKind.Array => "array",
        _ => "object",
    };
}
