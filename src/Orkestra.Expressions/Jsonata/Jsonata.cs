using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Expressions.Jsonata;

/// <summary>JSONata, https://jsonata.org: a language to query and transform JSON.</summary>
/// <example><code>Jsonata.Compile("$sum(lines.(price * quantity))").Evaluate(order)</code></example>
public static class Jsonata
{
    /// <summary>Reads an expression, once for any number of evaluations.</summary>
    /// <param name="text">The expression, without any delimiters around it.</param>
    /// <param name="options">How it is read; <see cref="JsonataOptions.Standard"/> when null.</param>
    /// <exception cref="JsonataException">The text is not an expression.</exception>
    public static JsonataExpression Compile(string text, JsonataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= JsonataOptions.Standard;
        try
        {
            return CompileHere(text, options);
        }
        catch (InsufficientExecutionStackException) when (!DeepStack.IsCurrent)
        {
            return CompileOnDeepStack(text, options);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new JsonataException("U1009", 0);
        }
    }

    static JsonataExpression CompileOnDeepStack(string text, JsonataOptions options) => DeepStack.Run(() => Compile(text, options));

    static JsonataExpression CompileHere(string text, JsonataOptions options)
    {
        var tree = PathBuilder.Build(Parser.Parse(text, options.MaxNesting));
        if (options.Dialect == JsonataDialect.StepFunctions) TopLevel.Check(tree);
        return new JsonataExpression(text, options.Dialect, Compiler.Compile(tree, null, options.Dialect));
    }
}
