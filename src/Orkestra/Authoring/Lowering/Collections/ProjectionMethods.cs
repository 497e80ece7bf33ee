using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>Methods that make another collection.</summary>
internal static class ProjectionMethods
{
    public static JsonataFragment? TryLower(SequenceCall call)
    {
        switch (call.Name)
        {
            case "ToArray" or "ToList" or "AsEnumerable" or "AsQueryable" or "AsReadOnly" or "Cast" or "ToImmutableArray" or "ToImmutableList":
                return call.Source();
            case "Select" or "ConvertAll":
                return Select(call);
            case "Where" or "FindAll":
                return call.Filtered(1);
            case "SelectMany":
                return SelectMany(call);
            case "Take" when call.Arguments[1].Type == typeof(int):
                return ByIndex(call, index => Syntax.Compare("<", index, call.Lowerer.Operand(call.Arguments[1])));
            case "Skip":
                return ByIndex(call, index => Syntax.Compare(">=", index, call.Lowerer.Operand(call.Arguments[1])));
            case "TakeWhile" or "SkipWhile" when call.Callback(1).Arity == 1:
                return While(call);
            case "DefaultIfEmpty":
                return DefaultIfEmpty(call);
            case "TakeLast":
                return FromEnd(call, ">=");
            case "SkipLast":
                return FromEnd(call, "<");
            case "Concat" or "Append" or "Prepend" when call.Count == 2:
                return Joined(call);
            case "Distinct" or "ToHashSet":
                return Distinct(call);
            case "Union" or "Except" or "Intersect":
                return Combined(call);
            case "Zip":
                return Zip(call);
            case "Chunk":
                return Syntax.Call("partition", call.Array(), call.Lowerer.Operand(call.Arguments[1]));
            case "Join" when call.Count == 5:
                return Join(call);
            default:
                return null;
        }
    }

    /// <summary>Flattens what a function makes of each element.</summary>
    public static JsonataFragment Flattened(SequenceCall call, Callback each, Func<Expression, JsonataFragment> body)
    {
        var all = call.Lowerer.Names.Take("all");
        var item = call.Lowerer.Names.Take(each.Parameters[0].Name);
        var inner = call.Lowerer.Bound(each, [new(item)], body);
        var code = Syntax.Call("reduce", call.Array(), Syntax.Function([all, item], Syntax.Call("append", new(all), inner)), Syntax.EmptyArray);
        call.Lowerer.Names.Release(item);
        call.Lowerer.Names.Release(all);
        return code;
    }

    public static JsonataFragment Select(SequenceCall call) => Projected(call, call.Source(), call.Callback(1));

    /// <summary>What a callback makes of each element.</summary>
    public static JsonataFragment Projected(SequenceCall call, JsonataFragment source, Callback callback)
    {
        var result = callback.Body.Type;
        if (IsIdentity(callback)) return source;
        if (callback.Arity == 1 && Path(call, callback) is { } path) return call.Sequence(path(source), result);
        return call.Sequence(Syntax.Call("map", source, call.Lowerer.Function(callback, call.Lowerer.Value)), result);
    }

    static bool IsIdentity(Callback callback)
    {
        var body = callback.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } conversion
            && Types.IsNumber(conversion.Operand.Type) && Types.IsNumber(Types.Unwrap(conversion.Type))
            && (Types.IsIntegral(conversion.Operand.Type) || !Types.IsIntegral(Types.Unwrap(conversion.Type))))
            body = conversion.Operand;
        return body == callback.Parameters[0];
    }

    /// <summary>Members of each element are a path in JSONata, if no element lacks them and they are no arrays.</summary>
    static Func<JsonataFragment, JsonataFragment>? Path(SequenceCall call, Callback callback)
    {
        var parameter = callback.Parameters[0];
        if (call.Contracts.MayBeArray(parameter.Type) || call.Contracts.MayBeArray(callback.Body.Type)) return null;
        for (var member = callback.Body as MemberExpression; member is not null; member = member.Expression as MemberExpression)
        {
            if (member.Expression != parameter) continue;
            const string row = "$row";
            var code = call.Lowerer.Bound(callback, [new(row)], call.Lowerer.Lower);
            var plain = code is { Precedence: Precedence.Path, Traits: Traits.None, Converter: null }
                && code.Text.StartsWith($"{row}.", StringComparison.Ordinal)
                && code.Text.AsSpan().IndexOfAny("([") < 0;
            return plain ? source => new($"{source.At(Precedence.Path)}{code.Text[row.Length..]}", Precedence.Path) : null;
        }

        return null;
    }

    static JsonataFragment SelectMany(SequenceCall call)
    {
        var inner = call.Callback(1);
        if (inner.Arity != 1) throw call.Refused("JSONata has no flattening with an index");
        if (call.Count == 2)
        {
            var element = call.Call.Method.GetGenericArguments()[^1];
            if (!call.Contracts.MayBeArray(element) && Flat(call, inner) is { } path) return call.Sequence(path(call.Source()), element);
            return Flattened(call, inner, call.Lowerer.Source);
        }

        // from a in x from b in a.y select r: the inner collection, each element of it turned into the result.
        var result = call.Callback(2);
        var type = result.Body.Type;
        return Flattened(call, inner, body =>
        {
            call.Lowerer.Bound(result with { Parameters = [result.Parameters[0]] }, [call.Lowerer.Lower(inner.Parameters[0])], static _ => Syntax.Null);
            var each = new Callback([result.Parameters[1]], result.Body);
            var rows = call.Sequence(Syntax.Call("map", call.Lowerer.Source(body), call.Lowerer.Function(each, call.Lowerer.Value)), type);
            return rows.Has(Traits.Nested) ? Lowerer.Exact(rows) : rows;
        });
    }

    static Func<JsonataFragment, JsonataFragment>? Flat(SequenceCall call, Callback callback)
    {
        if (SequenceMethods.Bare(callback.Body) is not MemberExpression member || member.Expression != callback.Parameters[0] || call.Contracts.MayBeArray(callback.Parameters[0].Type)) return null;
        const string row = "$row";
        var code = call.Lowerer.Bound(callback, [new(row)], call.Lowerer.Source);
        return code is { Precedence: Precedence.Path, Traits: Traits.None } && code.Text.StartsWith($"{row}.", StringComparison.Ordinal)
            ? source => new($"{source.At(Precedence.Path)}{code.Text[row.Length..]}", Precedence.Path)
            : null;
    }

    static JsonataFragment ByIndex(SequenceCall call, Func<JsonataFragment, JsonataFragment> test)
    {
        var (item, index) = (call.Lowerer.Names.Take("item"), call.Lowerer.Names.Take("index"));
        var code = Syntax.Call("filter", call.Source(), Syntax.Function([item, index], test(new(index))));
        call.Lowerer.Names.Release(index);
        call.Lowerer.Names.Release(item);
        return call.Sequence(code, call.Element);
    }

    static JsonataFragment While(SequenceCall call) =>
        call.Lowerer.Named(call.Array(), items =>
        {
            // The first element that fails ends what is taken, or the end does.
            var end = ElementMethods.FirstIndex(call, items, call.Callback(1), Syntax.Not).With(Traits.MayBeAbsent) with { Absent = $"$count({items.Text})" };
            return call.Lowerer.Named(call.Lowerer.Present(end), border =>
            {
                var (item, index) = (call.Lowerer.Names.Take("item"), call.Lowerer.Names.Take("index"));
                var code = Syntax.Call("filter", items, Syntax.Function([item, index], Syntax.Compare(call.Name == "TakeWhile" ? "<" : ">=", new(index), border)));
                call.Lowerer.Names.Release(index);
                call.Lowerer.Names.Release(item);
                return call.Sequence(code, call.Element);
            }, "end");
        }, "items");

    static JsonataFragment DefaultIfEmpty(SequenceCall call)
    {
        var element = call.Count == 2 ? call.Lowerer.Element(call.Arguments[1]) : Members.DefaultOf(call.Lowerer, call.Element, call.Call);
        return call.Lowerer.Named(call.Array(), items => Syntax.Conditional(Syntax.Compare(">", Syntax.Call("count", items), Syntax.Number(0)), items, Syntax.Array(element)), "items");
    }

    static JsonataFragment FromEnd(SequenceCall call, string symbol)
    {
        var items = call.Lowerer.Named(call.Array(), items =>
        {
            var (item, index) = (call.Lowerer.Names.Take("item"), call.Lowerer.Names.Take("index"));
            var border = Syntax.Binary("-", Precedence.Additive, Syntax.Call("count", items), call.Lowerer.Operand(call.Arguments[1]));
            var code = Syntax.Call("filter", items, Syntax.Function([item, index], Syntax.Compare(symbol, new(index), border)));
            call.Lowerer.Names.Release(index);
            call.Lowerer.Names.Release(item);
            return Lowerer.Exact(call.Sequence(code, call.Element));
        }, "items");
        return items;
    }

    static JsonataFragment Joined(SequenceCall call)
    {
        var source = call.Source();
        if (call.Name == "Concat")
        {
            var other = call.Lowerer.Source(call.Arguments[1]);
            var joined = Syntax.Call("append", source, other);
            return source.IsSequence && other.IsSequence ? call.Sequence(joined, call.Element) : joined;
        }

        var one = Syntax.Array(call.Lowerer.Element(call.Arguments[1]));
        return call.Name == "Append" ? Syntax.Call("append", source, one) : Syntax.Call("append", one, source);
    }

    static JsonataFragment Distinct(SequenceCall call)
    {
        call.NoComparer(1);
        call.ComparableByValue(call.Element);
        var source = call.Source();
        return call.Like(source, Syntax.Call("distinct", source));
    }

    static JsonataFragment Combined(SequenceCall call)
    {
        call.NoComparer(2);
        call.ComparableByValue(call.Element);
        var other = call.Lowerer.Source(call.Arguments[1]);
        if (call.Name == "Union") return Syntax.Call("distinct", Syntax.Call("append", call.Array(), Lowerer.Exact(other)));
        if (!Types.IsScalar(Types.Unwrap(call.Element))) throw call.Refused("JSONata looks up only texts, numbers and booleans in an array");
        var distinct = Syntax.Call("distinct", call.Source());
        return call.Lowerer.Named(Lowerer.Exact(other), others =>
        {
            var item = call.Lowerer.Names.Take("item");
            var within = Syntax.Compare("in", new(item), others);
            var code = Syntax.Call("filter", distinct, Syntax.Function([item], call.Name == "Except" ? Syntax.Not(within) : within));
            call.Lowerer.Names.Release(item);
            return Lowerer.Exact(call.Sequence(code, call.Element));
        }, "others");
    }

    static JsonataFragment? Zip(SequenceCall call)
    {
        var pairs = Syntax.Call("zip", call.Array(), call.Lowerer.Array(call.Arguments[1]));
        if (call.Count == 2) return pairs;
        if (!call.IsCallback(2)) return Syntax.Call("zip", call.Array(), call.Lowerer.Array(call.Arguments[1]), call.Lowerer.Array(call.Arguments[2]));
        var result = call.Callback(2);
        var pair = call.Lowerer.Names.Take("pair");
        var body = call.Lowerer.Bound(result, [Syntax.Index(new(pair), 0), Syntax.Index(new(pair), 1)], call.Lowerer.Value);
        call.Lowerer.Names.Release(pair);
        return call.Sequence(Syntax.Call("map", pairs, Syntax.Function([pair], body)), result.Body.Type);
    }

    static JsonataFragment Join(SequenceCall call)
    {
        var (outerKey, innerKey, result) = (call.Callback(2), call.Callback(3), call.Callback(4));
        call.ComparableByValue(outerKey.Body.Type);
        var outer = new Callback([result.Parameters[0]], result.Body);
        return Flattened(call, outer, body =>
        {
            var matches = Matches(call, outerKey, innerKey, call.Lowerer.Lower(outer.Parameters[0]));
            var rows = call.Sequence(Syntax.Call("map", matches, call.Lowerer.Function(new([result.Parameters[1]], body), call.Lowerer.Value)), body.Type);
            return rows.Has(Traits.Nested) ? Lowerer.Exact(rows) : rows;
        });
    }

    /// <summary>The elements of the second collection whose key is that of an element of the first.</summary>
    public static JsonataFragment Matches(SequenceCall call, Callback outerKey, Callback innerKey, JsonataFragment outer)
    {
        var key = call.Lowerer.Bound(outerKey, [outer], call.Lowerer.Value);
        var filter = call.Lowerer.Function(innerKey, body => Syntax.Compare("=", call.Lowerer.Value(body), key));
        return call.Sequence(Syntax.Call("filter", call.Lowerer.Source(call.Arguments[1]), filter), innerKey.Parameters[0].Type);
    }
}
