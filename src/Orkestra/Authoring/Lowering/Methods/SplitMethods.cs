using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Collections;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary><c>string.Split</c>.</summary>
internal static class SplitMethods
{
    public static JsonataFragment? Lower(Lowerer lowerer, MethodCallExpression call, JsonataFragment text)
    {
        var options = StringSplitOptions.None;
        foreach (var argument in call.Arguments.Skip(1))
        {
            if (argument.Type != typeof(StringSplitOptions) || !Constants.TryEvaluate(argument, out var value)) return null;
            options = (StringSplitOptions)value!;
        }

        if (Separator(lowerer, call.Arguments[0]) is not { } separator) return null;
        if (separator.Text is "''") throw Refusal.Of(call, "JSONata would split between all characters", "Name a separator.");
        var pieces = Syntax.Call("split", text, separator);
        if (options.HasFlag(StringSplitOptions.TrimEntries))
            pieces = Syntax.Call("map", pieces, Piece(lowerer, static piece => Syntax.Call("replace", piece, new JsonataFragment(@"/^\s+|\s+$/"), Syntax.Text("")))).With(Traits.Sequence);
        if (options.HasFlag(StringSplitOptions.RemoveEmptyEntries))
            pieces = Syntax.Call("filter", pieces, Piece(lowerer, static piece => Syntax.Compare("!=", piece, Syntax.Text("")))).With(Traits.Sequence);
        return pieces;
    }

    static JsonataFragment Piece(Lowerer lowerer, Func<JsonataFragment, JsonataFragment> body)
    {
        var name = lowerer.Names.Take("piece");
        var function = Syntax.Function([name], body(new(name)));
        lowerer.Names.Release(name);
        return function;
    }

    static JsonataFragment? Separator(Lowerer lowerer, Expression separator)
    {
        separator = SequenceMethods.Bare(separator);
        if (separator is NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array)
        {
            if (array.Expressions.Count == 1) return lowerer.Operand(array.Expressions[0]);
            var characters = array.Expressions.Select(static element => Constants.TryEvaluate(element, out var value) && value is char c ? $"{c}" : null).ToArray();
            return characters.Length > 0 && characters.All(static c => c is not null) ? Any(string.Concat(characters)) : null;
        }

        if (Constants.TryEvaluate(separator, out var constant) && constant is char[] captured) return captured.Length == 1 ? Syntax.Text($"{captured[0]}") : captured.Length > 1 ? Any(new string(captured)) : null;
        return separator.Type == typeof(string) || separator.Type == typeof(char) ? lowerer.Operand(separator) : null;

        static JsonataFragment Any(string characters) => new($"/{StringMethods.RegexClass(characters)}/");
    }
}
