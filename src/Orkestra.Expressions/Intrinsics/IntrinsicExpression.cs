using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>
/// A compiled call of intrinsic functions, such as <c>States.Format('{} of {}', $.index, $$.Execution.Name)</c>. Immutable and safe for use by several
/// threads. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
/// </summary>
public sealed class IntrinsicExpression
{
    readonly IntrinsicCall call;

    IntrinsicExpression(string text, IntrinsicCall call, IReadOnlyList<JsonPath> paths)
    {
        Text = text;
        this.call = call;
        Variables = [.. paths.SelectMany(path => path.Variables).Distinct(StringComparer.Ordinal)];
        ReadsContext = paths.Any(path => path.RootKind == JsonPathRoot.Context);
    }

    /// <summary>The call as it was written.</summary>
    public string Text { get; }

    /// <summary>The name of the outermost function, such as <c>States.Format</c>.</summary>
    public string FunctionName => call.Function.Name;

    /// <summary>The names of the variables it reads.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Whether it reads the context object.</summary>
    public bool ReadsContext { get; }

    /// <summary>Compiles a call. Functions may nest 10 levels deep.</summary>
    /// <exception cref="IntrinsicSyntaxException">The text is not a call of an intrinsic function, or has the wrong number of arguments.</exception>
    public static IntrinsicExpression Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new IntrinsicParser(text);
        var call = parser.Parse();
        return new IntrinsicExpression(text, call, parser.Paths);
    }

    /// <summary>Whether a text is a call of an intrinsic function.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expression">The compiled call.</param>
    /// <param name="problem">What is wrong with the text, when it is not a call.</param>
    public static bool TryCompile(
        string text, [NotNullWhen(true)] out IntrinsicExpression? expression, [NotNullWhen(false)] out IntrinsicSyntaxException? problem)
    {
        try
        {
            expression = Compile(text);
            problem = null;
            return true;
        }
        catch (IntrinsicSyntaxException fault)
        {
            expression = null;
            problem = fault;
            return false;
        }
    }

    /// <summary>Evaluates the call.</summary>
    /// <exception cref="ExpressionException">A path finds nothing, or a function refuses its arguments.</exception>
    public JsonValue Evaluate(in EvaluationScope scope) => call.Evaluate(scope, Text);

    /// <summary>The call as it was written.</summary>
    public override string ToString() => Text;
}
