using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>
/// Methods of collections: LINQ, and what arrays, lists and spans have of their own. JSONata's sequences lose their brackets when they hold one element or none, so
/// results carry <see cref="Traits.Sequence"/> until a place that needs an array puts brackets around them.
/// </summary>
internal static class SequenceMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        var type = call.Method.DeclaringType!;
        var isLinq = type == typeof(Enumerable) || type == typeof(Queryable);
        if (!isLinq && type != typeof(MemoryExtensions) && type != typeof(Array) && !Types.IsArray(type)) return null;
        if (call.Object is null && call.Arguments.Count == 0)
            return call.Method.Name == nameof(Array.Empty) ? Syntax.EmptyArray : null;

        var arguments = call.Object is null ? [.. call.Arguments] : (Expression[])[call.Object, .. call.Arguments];
        if (isLinq && call.Method.Name is nameof(Enumerable.Range) or nameof(Enumerable.Repeat)) return Generated(lowerer, call, arguments);
        if (!Types.IsArray(Bare(arguments[0]).Type) && !Types.IsDictionary(Bare(arguments[0]).Type) && Bare(arguments[0]).Type != typeof(string)) return null;
        var sequence = new SequenceCall(lowerer, call, arguments);
        return ElementMethods.TryLower(sequence) ?? ProjectionMethods.TryLower(sequence) ?? AggregateMethods.TryLower(sequence) ?? OrderingMethods.TryLower(sequence) ?? GroupingMethods.TryLower(sequence);
    }

    /// <summary>A collection without conversions and calls that leave its JSON as it is.</summary>
    public static Expression Bare(Expression collection)
    {
        while (true)
        {
            var bare = Lowerer.Stripped(collection) switch
            {
                UnaryExpression { NodeType: ExpressionType.Convert } conversion when conversion.Type.IsByRefLike => conversion.Operand,
                MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] } call when call.Type.IsByRefLike => inner,
                MethodCallExpression { Method.Name: nameof(MemoryExtensions.AsSpan), Arguments: [var inner] } => inner,
                var stripped => stripped,
            };
            if (bare == collection) return bare;
            collection = bare;
        }
    }

    /// <summary>The element at an index.</summary>
    public static JsonataFragment ElementAt(Lowerer lowerer, Expression collection, Expression index)
    {
        if (index.Type != typeof(int)) throw Refusal.Of(index, "only a number can be an index");
        var literal = Constants.TryEvaluate(index, out _);
        return Syntax.Index(lowerer.Source(collection), lowerer.Operand(index), literal).With(Members.NullableTraits(Types.ElementOf(Bare(collection).Type)));
    }

    public static JsonataFragment Equal(Lowerer lowerer, MethodCallExpression call, Expression left, Expression right)
    {
        var element = Types.ElementOf(Bare(left).Type);
        return Equalities.IsByValue(element, lowerer.Contracts) && call.Arguments.Count == 2
            ? Syntax.Compare("=", lowerer.Array(left), lowerer.Array(right))
            : throw Refusal.Of(call, $"{TypeName.Of(element)} is compared by reference or by code of its own", "Compare the members that matter.");
    }

    static JsonataFragment? Generated(Lowerer lowerer, MethodCallExpression call, Expression[] arguments)
    {
        var count = lowerer.Operand(arguments[1]);
        if (call.Method.Name == nameof(Enumerable.Repeat))
        {
            var body = Syntax.Function([], lowerer.Element(arguments[0]) is var element && lowerer.Contracts.MayBeArray(arguments[0].Type) ? lowerer.Value(arguments[0]) : element);
            var repeated = Syntax.Call("map", Range(Syntax.Number(1), count), body).With(Traits.Sequence);
            return lowerer.Contracts.MayBeArray(arguments[0].Type) ? repeated.With(Traits.Nested) : repeated;
        }

        var start = lowerer.Operand(arguments[0]);
        if (start.Text == "1") return Range(start, count);
        return Constants.TryEvaluate(arguments[0], out var first) && Constants.TryEvaluate(arguments[1], out var length)
            ? Range(start, Syntax.Number((int)first! + (int)length! - 1))
            : Range(start, Syntax.Binary("-", Precedence.Additive, start.Text == "0" ? count : Syntax.Binary("+", Precedence.Additive, start, count), Syntax.Number(1)));
    }

    static JsonataFragment Range(JsonataFragment first, JsonataFragment last) => new($"[{first.At(Precedence.Conditional + 1)}..{last.At(Precedence.Conditional + 1)}]", Traits: Traits.Constructor);
}
