using System.Text.Json;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Jsonata.Service;

namespace Orkestra.Expressions.Jsonata;

/// <summary>A compiled expression. It never changes, so any number of threads may evaluate it at once.</summary>
public sealed class JsonataExpression
{
    const long DefaultOutputBytes = 256L << 20;

    // The last run of this thread, for the next one. A function of the host may evaluate another expression meanwhile: that one makes its own.
    [ThreadStatic]
    static Run? idle;

    readonly CompiledExpression compiled;
    readonly JsonataDialect dialect;

    internal JsonataExpression(string text, JsonataDialect dialect, CompiledExpression compiled)
    {
        Text = text;
        this.dialect = dialect;
        this.compiled = compiled;
    }

    JsonataLimits DefaultLimits => dialect == JsonataDialect.StepFunctions ? JsonataLimits.StepFunctions : JsonataLimits.Default;

    /// <summary>The expression as it was given.</summary>
    public string Text { get; }

    /// <summary>The names, without <c>$</c>, of the variables it reads and neither binds itself nor knows as built-in functions; sorted.</summary>
    public IReadOnlyList<string> Variables => compiled.FreeVariables;

    /// <summary>The names, without <c>$</c>, of the built-in functions it reads, which a variable of the caller hides.</summary>
    public IReadOnlyList<string> FunctionNames => compiled.FunctionNames;

    /// <summary>Evaluates the expression.</summary>
    /// <param name="input">The input, <c>$$</c>; null for none.</param>
    /// <param name="bindings">The variables and functions it may use; null for none.</param>
    /// <param name="limits">What it may use; those of its dialect when null.</param>
    /// <param name="meter">Counts what this and other evaluations use together, and can stop them; null for none.</param>
    /// <returns>The result; null when it is undefined.</returns>
    /// <exception cref="JsonataException">The evaluation failed or passed a limit, or its result is a function (code U1005).</exception>
    /// <exception cref="OperationCanceledException">The meter stopped the evaluation.</exception>
    /// <remarks>
    /// An evaluation that nests deeper than the stack of the calling thread reaches is started over on a thread with a larger one, so a host function may then be called again for it.
    /// </remarks>
    public JsonValue? Evaluate(JsonValue? input = null, JsonataBindings? bindings = null, JsonataLimits? limits = null, EvaluationMeter? meter = null)
    {
        limits ??= DefaultLimits;
        try
        {
            return EvaluateOnce(input, bindings, limits, meter);
        }
        catch (InsufficientExecutionStackException) when (!DeepStack.IsCurrent)
        {
            return EvaluateOnDeepStack(input, bindings, limits, meter);
        }
        catch (InsufficientExecutionStackException problem)
        {
            throw new JsonataException("D1011", inner: problem);
        }
    }

    /// <summary>Evaluates the expression over JSON of System.Text.Json.</summary>
    /// <inheritdoc cref="Evaluate(JsonValue?, JsonataBindings?, JsonataLimits?, EvaluationMeter?)"/>
    public JsonElement? Evaluate(JsonElement input, JsonataBindings? bindings = null, JsonataLimits? limits = null) =>
        EvaluateChecked(JsonValue.From(input), bindings, limits)?.ToJsonElement();

    /// <summary>Evaluates the expression over JSON text.</summary>
    /// <param name="json">The input as JSON.</param>
    /// <param name="bindings">The variables and functions it may use; null for none.</param>
    /// <param name="limits">What it may use; those of its dialect when null.</param>
    /// <returns>The result as compact JSON; null when it is undefined.</returns>
    /// <exception cref="JsonFormatException">The input is not JSON.</exception>
    /// <exception cref="JsonataException">The evaluation failed or passed a limit, or its result is a function (code U1005).</exception>
    public string? EvaluateJson(string json, JsonataBindings? bindings = null, JsonataLimits? limits = null) =>
        EvaluateChecked(JsonValue.Parse(json), bindings, limits)?.ToJson();

    /// <summary>The text of the expression.</summary>
    public override string ToString() => Text;

    JsonValue? EvaluateOnDeepStack(JsonValue? input, JsonataBindings? bindings, JsonataLimits limits, EvaluationMeter? meter) =>
        DeepStack.Run(() => EvaluateOnce(input, bindings, limits, meter));

    JsonValue? EvaluateOnce(JsonValue? input, JsonataBindings? bindings, JsonataLimits limits, EvaluationMeter? meter)
    {
        var run = idle ?? new Run();
        idle = null;
        var isOver = true;
        try
        {
            run.Begin(input, bindings, limits, dialect, meter);
            run.CheckDepth(compiled.GuaranteedDepth);
            var frame = new VariableFrame(run, compiled.Scope.Count == 0 ? [] : new JsonValue?[compiled.Scope.Count], compiled.Scope);
            // An input that is an array is one context value, not a value for each element.
            var context = input is JsonArray ? new Sequence([input], 1) { OuterWrapper = true } : input;
            var result = compiled.Root.Evaluate(context, frame);
            if (result is FunctionValue) throw new JsonataException("U1005");
            var clean = dialect == JsonataDialect.StepFunctions ? ServiceResult.Of(run, result) : ValueOps.Clean(run, result);
            // To nest deep takes as many steps.
            if (run.StepsTaken > Run.DeepestValue / 2 && clean?.Depth > Run.DeepestValue) throw new JsonataException("D1011");
            if (limits.MaxOutputBytes is { } most && clean?.Utf8Length > most) throw new JsonataException("U1004", value: most);
            return clean;
        }
        catch (InsufficientExecutionStackException)
        {
            isOver = false;
            throw;
        }
        finally
        {
            if (isOver) run.Settle();
            run.End();
            idle = run;
        }
    }

    JsonValue? EvaluateChecked(JsonValue input, JsonataBindings? bindings, JsonataLimits? limits)
    {
        limits ??= DefaultLimits;
        var result = Evaluate(input, bindings, limits with { MaxOutputBytes = limits.MaxOutputBytes ?? DefaultOutputBytes });
        return result?.Depth > JsonWriter.MaxDepth ? throw new JsonataException("D1011") : result;
    }
}
