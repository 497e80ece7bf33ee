using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary><c>$eval</c>: an expression in a string, evaluated where the call stands.</summary>
internal sealed class EvalFunction : FunctionValue
{
    static readonly Signature Takes = Signature.Parse("<sx?:x>", 0);

    internal override int Arity => 2;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        var caller = run.Caller!;
        run.Step();
        run.CheckDepth(1);
        var validated = Takes.Validate(arguments, context);
        if (validated[0] is not JsonString text) return null;
        var input = validated[1] ?? context;
        if (input is JsonArray && validated[1] is not null) input = new Sequence([input], 1) { OuterWrapper = true };
        var compiled = Compile(run, text.Value, caller.Scope);
        var frame = compiled.Scope.Count > 0 ? new VariableFrame(caller, new JsonValue?[compiled.Scope.Count], compiled.Scope) : caller;
        JsonataException failure;
        try
        {
            run.CheckDepth(compiled.GuaranteedDepth);
            return compiled.Root.Evaluate(input, frame);
        }
        catch (JsonataException problem) when (!IsLimit(problem))
        {
            failure = problem;
        }

        throw Wrap("D3121", failure);
    }

    static CompiledExpression Compile(Run run, string text, ExpressionScope scope)
    {
        JsonataException failure;
        try
        {
            run.Step(text.Length);
            run.Charge(text.Length * 100L);
            return Compiler.Compile(PathBuilder.Build(Parser.Parse(text, JsonataOptions.Standard.MaxNesting)), scope, JsonataDialect.Standard);
        }
        catch (JsonataException problem) when (!IsLimit(problem))
        {
            failure = problem;
        }

        throw Wrap("D3120", failure);
    }

    // Thrown outside of the catch block: one evaluation inside another would keep the stack of every one until the outermost is done.
    static JsonataException Wrap(string code, JsonataException problem) => new(code, value: problem.Message, inner: problem.InnerException ?? problem);

    static bool IsLimit(JsonataException problem) => problem.Code[0] == 'U' || problem.Code is "D1011" or "D2015";
}
