using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Service;
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
        return Read(text, options ?? JsonataOptions.Standard, CompileHere);
    }

    /// <summary>Reads an expression on this thread, or on one with a large stack when this one has none left.</summary>
    /// <exception cref="JsonataException">The text is not an expression.</exception>
    internal static T Read<T>(string text, JsonataOptions options, Func<string, JsonataOptions, T> read)
    {
        try
        {
            return read(text, options);
        }
        catch (InsufficientExecutionStackException) when (!DeepStack.IsCurrent)
        {
            return ReadOnDeepStack(text, options, read);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new JsonataException("U1009", 0);
        }
    }

    /// <summary>Whether a built-in function has a name, in any dialect.</summary>
    /// <param name="name">The name, without the <c>$</c>.</param>
    public static bool IsFunction(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Builtins.Contains(name);
    }

    /// <summary>A value as an expression of AWS Step Functions gives it that only reads it: numbers have the text that the service writes. Quicker than to evaluate such an expression.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonataException">The value passes a limit (<see cref="JsonataLimits.Default"/>).</exception>
    public static JsonValue AsServiceResult(JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ServiceResult.OfPlain(value);
    }

    static T ReadOnDeepStack<T>(string text, JsonataOptions options, Func<string, JsonataOptions, T> read) => DeepStack.Run(() => Read(text, options, read));

    static JsonataExpression CompileHere(string text, JsonataOptions options)
    {
        var tree = PathBuilder.Build(Parser.Parse(text, options.MaxNesting));
        if (options.Dialect == JsonataDialect.StepFunctions) TopLevel.Check(tree);
        return new JsonataExpression(text, options.Dialect, Compiler.Compile(tree, null, options.Dialect));
    }
}
