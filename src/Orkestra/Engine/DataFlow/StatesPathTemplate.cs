using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Engine.DataFlow;

/// <summary>
/// The commonest JSONata expressions, <c>$states.input</c>, <c>$states.result</c> and names below them, read without the evaluator. As soon as
/// something on the way is not an object, or is not there, the evaluator decides.
/// </summary>
internal sealed class StatesPathTemplate : Template
{
    readonly string[] path;
    readonly bool ofResult;
    readonly ResultType? type;
    readonly string text;
    readonly string location;
    JsonataTemplate? evaluator;

    StatesPathTemplate(string text, string location, ResultType? type, bool ofResult, string[] path)
    {
        this.text = text;
        this.location = location;
        this.type = type;
        this.ofResult = ofResult;
        this.path = path;
    }

    // Made when it is needed, which mostly it never is: such an expression needs no parser to be known as right.
    JsonataTemplate Evaluator => evaluator ??= new JsonataTemplate(text, location, type);

    internal static StatesPathTemplate? TryCompile(string text, string location, ResultType? type)
    {
        var parts = text.Split('.');
        if (parts.Length < 2 || parts[0] != "$states" || parts[1] is not ("input" or "result")) return null;
        foreach (var part in parts.AsSpan(2))
        {
            if (part.Length == 0 || part is "and" or "or" or "in" or "true" or "false" or "null" || char.IsAsciiDigit(part[0])) return null;
            foreach (var c in part)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '_') return null;
            }
        }

        return new StatesPathTemplate(text, location, type, parts[1] == "result", parts[2..]);
    }

    internal override JsonValue Evaluate(Evaluation at)
    {
        var value = ofResult ? at.Result : at.Input;
        foreach (var name in path)
        {
            if (value is not JsonObject parent || !parent.TryGetValue(name, out value)) return Evaluator.Evaluate(at);
        }

        return value is null || (type is { } wanted && !wanted.Allows(value.Kind)) ? Evaluator.Evaluate(at) : Jsonata.AsServiceResult(value);
    }
}
