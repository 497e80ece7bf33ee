using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>Sorting and turning round.</summary>
internal static class OrderingMethods
{
    public static JsonataFragment? TryLower(SequenceCall call)
    {
        switch (call.Name)
        {
            case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending":
                return Sorted(call);
            case "Order" or "OrderDescending":
                call.NoComparer(1);
                return Sort(call, call.Source(), [(Identity(call.Element), call.Name == "OrderDescending")]);
            case "MinBy" or "MaxBy":
                call.NoComparer(2);
                var found = Syntax.Index(Sort(call, call.Source(), [(call.Callback(1), call.Name == "MaxBy")]), 0);
                return call.Element.IsValueType && !Types.IsNullable(call.Element) ? found : found.With(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted);
            case "Reverse":
                var source = call.Source();
                return call.Like(source, Syntax.Call("reverse", source));
            default:
                return null;
        }
    }

    static JsonataFragment Sorted(SequenceCall call)
    {
        // The chain is written first key first; the tree has the last on the outside.
        var keys = new List<(Callback Key, bool Descending)>();
        while (true)
        {
            call.NoComparer(2);
            keys.Insert(0, (call.Callback(1), call.Name.EndsWith("Descending", StringComparison.Ordinal)));
            if (!call.Name.StartsWith("ThenBy", StringComparison.Ordinal)) return Sort(call, call.Source(), keys);
            if (Lowerer.Stripped(call.Collection) is not System.Linq.Expressions.MethodCallExpression { Object: null } inner) throw call.Refused("what it was ordered by before is not to be seen");
            call = new(call.Lowerer, inner, [.. inner.Arguments]);
        }
    }

    static JsonataFragment Sort(SequenceCall call, JsonataFragment source, IReadOnlyList<(Callback Key, bool Descending)> keys)
    {
        var plain = Types.IsNumber(call.Element) || call.Element == typeof(string);
        if (keys is [({ } only, false)] && only.Body == only.Parameters[0] && plain) return call.Like(source, Syntax.Call("sort", source));
        var (left, right) = (call.Lowerer.Names.Take("l"), call.Lowerer.Names.Take("r"));
        var after = After(call, keys, 0, new(left), new(right));
        call.Lowerer.Names.Release(right);
        call.Lowerer.Names.Release(left);
        return call.Like(source, Syntax.Call("sort", source, Syntax.Function([left, right], after)));
    }

    static JsonataFragment After(SequenceCall call, IReadOnlyList<(Callback Key, bool Descending)> keys, int index, JsonataFragment left, JsonataFragment right)
    {
        var (key, descending) = keys[index];
        JsonataFragment KeyOf(JsonataFragment element) => call.Lowerer.Bound(key, [element], call.Lowerer.Operand);
        var (a, b) = (KeyOf(left), KeyOf(right));
        if (a.Converter is not null) throw call.Refused("its key is written by a converter of its own");
        var after = descending ? Comparisons.IsAfter(call.Lowerer, b, a, key.Body.Type, key.Body) : Comparisons.IsAfter(call.Lowerer, a, b, key.Body.Type, key.Body);
        if (index == keys.Count - 1) return after;
        if (a.Has(Traits.MayBeAbsent)) (a, b) = (call.Lowerer.Present(a), call.Lowerer.Present(b));
        var same = Types.IsMoment(Types.Unwrap(key.Body.Type)) ? Syntax.Compare("=", Syntax.Call("toMillis", a), Syntax.Call("toMillis", b)) : Syntax.Compare("=", a, b);
        return Syntax.Or(after, Syntax.And(same, After(call, keys, index + 1, left, right)));
    }

    static Callback Identity(Type type)
    {
        var parameter = Expression.Parameter(type, "item");
        return new([parameter], parameter);
    }
}
