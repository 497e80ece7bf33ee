using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Templates;

/// <summary>
/// A compiled payload template of the Amazon States Language (Parameters, ResultSelector, ItemSelector, Assign): a JSON value in which a member
/// whose name ends in <c>.$</c> is a path or a call of an intrinsic function, and all else stands for itself. Immutable and safe for use by
/// several threads. https://states-language.net/#payload-template
/// </summary>
public sealed class PayloadTemplate
{
    readonly TemplateNode root;

    internal PayloadTemplate(TemplateNode root, IReadOnlyList<string> variables, bool readsContext)
    {
        this.root = root;
        Variables = variables;
        ReadsContext = readsContext;
    }

    /// <summary>The names of the variables it reads.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Whether it reads the context object; when it does not, the scope need not have one.</summary>
    public bool ReadsContext { get; }

    /// <summary>Whether there is nothing to evaluate, so that the result is the template itself.</summary>
    public bool IsLiteral => root is TemplateLiteral;

    /// <summary>Compiles a template.</summary>
    /// <exception cref="TemplateSyntaxException">A member whose name ends in <c>.$</c> is neither a path nor a call.</exception>
    public static PayloadTemplate Compile(JsonValue template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new PayloadTemplateCompiler().Compile(template);
    }

    /// <summary>Compiles a field that is a path or a call as a whole, such as <c>ErrorPath</c>.</summary>
    /// <param name="text">The path or call.</param>
    /// <param name="field">The field's name, for errors.</param>
    /// <exception cref="TemplateSyntaxException">The text is neither a path nor a call.</exception>
    public static PayloadTemplate CompileExpression(string text, string field)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PayloadTemplateCompiler().CompileExpression(text, field);
    }

    /// <summary>The template's value.</summary>
    /// <exception cref="ExpressionException">A path finds nothing, or a function refuses its arguments.</exception>
    public JsonValue Evaluate(in EvaluationScope scope) => root.Evaluate(scope);
}
