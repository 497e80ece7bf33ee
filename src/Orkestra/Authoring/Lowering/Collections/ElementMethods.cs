using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>Methods that give one element, or say whether there is one.</summary>
internal static class ElementMethods
{
    public static JsonataFragment? TryLower(SequenceCall call) => call.Name switch
    {
        "get_Item" or "ElementAt" when call.Count == 2 => SequenceMethods.ElementAt(call.Lowerer, call.Collection, call.Arguments[1]),
        "ElementAtOrDefault" when call.Arguments[1].Type == typeof(int) => OrDefault(call, SequenceMethods.ElementAt(call.Lowerer, call.Collection, call.Arguments[1]), null),
        "First" => At(call, 0),
        "Last" => At(call, -1),
        "FirstOrDefault" or "Find" => OrDefault(call, At(call, 0), Fallback(call)),
        "LastOrDefault" or "FindLast" => OrDefault(call, At(call, -1), Fallback(call)),
        "Single" => Single(call),
        "SingleOrDefault" => SingleOrDefault(call),
        "Any" when call.Count == 1 => Syntax.Compare(">", Lowerer.Count(call.Source(), call.Element), Syntax.Number(0)),
        "Any" or "Exists" => Syntax.Exists(call.Filtered(1)),
        "All" or "TrueForAll" => Syntax.Not(Syntax.Exists(Syntax.Call("filter", call.Source(), call.Lowerer.Function(call.Callback(1), body => Syntax.Not(call.Lowerer.Condition(body)))))),
        "Contains" => Contains(call),
        "IndexOf" when call.Count == 2 => IndexOf(call),
        "FindIndex" when call.Count == 2 => Orelse(call, FirstIndex(call, call.Source(), call.Callback(1), static test => test), "-1"),
        _ => null,
    };

    /// <summary>The index of the first element that passes a test; nothing when none does.</summary>
    public static JsonataFragment FirstIndex(SequenceCall call, JsonataFragment source, Callback callback, Func<JsonataFragment, JsonataFragment> test)
    {
        var item = call.Lowerer.Names.Take(callback.Parameters[0].Name);
        var index = call.Lowerer.Names.Take("index");
        var body = Syntax.OnlyIf(test(call.Lowerer.Bound(callback, [new(item)], call.Lowerer.Condition)), new(index));
        call.Lowerer.Names.Release(index);
        call.Lowerer.Names.Release(item);
        return Syntax.Index(Syntax.Call("map", source, Syntax.Function([item, index], body)), 0);
    }

    static JsonataFragment Orelse(SequenceCall call, JsonataFragment code, string absent) => call.Lowerer.Present(code.With(Traits.MayBeAbsent) with { Absent = absent });

    static JsonataFragment IndexOf(SequenceCall call)
    {
        call.ComparableByValue(call.Element);
        var sought = Lowerer.Exact(call.Lowerer.Value(call.Arguments[1]));
        return call.Lowerer.Named(sought, some =>
        {
            var (item, index) = (call.Lowerer.Names.Take("item"), call.Lowerer.Names.Take("index"));
            var found = Syntax.Call("map", call.Source(), Syntax.Function([item, index], Syntax.OnlyIf(Syntax.Compare("=", new(item), some), new(index))));
            call.Lowerer.Names.Release(index);
            call.Lowerer.Names.Release(item);
            return Orelse(call, Syntax.Index(found, 0), "-1");
        }, "sought");
    }

    static JsonataFragment At(SequenceCall call, int index) =>
        Syntax.Index(call.IsCallback(1) ? call.Filtered(1) : call.Source(), index).With(Members.NullableTraits(call.Element));

    static JsonataFragment? Fallback(SequenceCall call) => call.Count > 1 && !call.IsCallback(call.Count - 1) ? call.Lowerer.Value(call.Arguments[^1]) : null;

    static JsonataFragment OrDefault(SequenceCall call, JsonataFragment element, JsonataFragment? fallback)
    {
        var absent = fallback ?? Members.DefaultOf(call.Lowerer, call.Element, call.Call);
        var code = element.With(Traits.MayBeAbsent | Traits.Omitted) with { Absent = absent.Text };
        if (absent.Text == "null") return code.With(Traits.MayBeNull);

        // Where nothing is there, a null check would say null: the other value has to be put in at once.
        return call.Lowerer.Present(code);
    }

    static JsonataFragment Single(SequenceCall call) =>
        (call.IsCallback(1) ? Syntax.Call("single", call.Source(), call.Predicate(1)) : Syntax.Call("single", call.Array())).With(Members.NullableTraits(call.Element));

    static JsonataFragment SingleOrDefault(SequenceCall call)
    {
        var some = Lowerer.Exact(call.IsCallback(1) ? call.Filtered(1) : call.Source());
        var absent = Fallback(call) ?? Members.DefaultOf(call.Lowerer, call.Element, call.Call);
        return call.Lowerer.Named(
            some,
            matches => Syntax.Conditional(
                Syntax.Compare("=", Syntax.Call("count", matches), Syntax.Number(0)),
                absent,
                Syntax.Call("single", matches)),
            "matches").With(absent.Traits & Traits.MayBeNull);
    }

    static JsonataFragment Contains(SequenceCall call)
    {
        call.NoComparer(2);
        call.ComparableByValue(call.Element);
        var value = Lowerer.Stripped(call.Arguments[1]);
        var sought = call.Lowerer.Operand(value);
        if (sought.Converter is not null) throw call.Refused("its sides are written by different converters");
        if (sought.Has(Traits.MayBeAbsent)) sought = call.Lowerer.Present(sought);
        if (Types.IsScalar(Types.Unwrap(call.Element))) return Syntax.Compare("in", sought, call.Source());
        return call.Lowerer.Named(Lowerer.Exact(sought), some =>
        {
            var name = call.Lowerer.Names.Take("item");
            var test = Syntax.Function([name], Syntax.Compare("=", new(name), some));
            call.Lowerer.Names.Release(name);
            return Syntax.Exists(Syntax.Call("filter", call.Source(), test));
        }, "sought");
    }
}
