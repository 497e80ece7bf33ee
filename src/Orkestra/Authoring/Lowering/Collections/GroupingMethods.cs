namespace Orkestra.Authoring.Lowering.Collections;

/// <summary>GroupBy and GroupJoin. A group is an object with its key and its items as long as the expression goes on, and an array where it leaves it.</summary>
internal static class GroupingMethods
{
    public const string Key = "Key";
    public const string Items = "Items";

    public static JsonataFragment? TryLower(SequenceCall call) => call.Name switch
    {
        "GroupBy" => GroupBy(call),
        "GroupJoin" when call.Count == 5 => GroupJoin(call),
        "ToLookup" => throw call.Refused("a lookup has no JSON"),
        _ => null,
    };

    /// <summary>Groups as arrays, which is how the serializer writes them.</summary>
    public static JsonataFragment Unfolded(Lowerer lowerer, JsonataFragment groups)
    {
        var group = lowerer.Names.Take("group");
        var code = Syntax.Call("map", Lowerer.Exact(groups), Syntax.Function([group], Syntax.Member(new(group), Items)));
        lowerer.Names.Release(group);
        return Lowerer.Exact(code.With(Traits.Sequence | Traits.Nested));
    }

    static JsonataFragment GroupBy(SequenceCall call)
    {
        var keyOf = call.Callback(1);
        call.ComparableByValue(keyOf.Body.Type);
        var hasElements = call.IsCallback(2) && call.Callback(2).Arity == 1;
        var result = call.IsCallback(2) && call.Callback(2).Arity == 2 ? call.Callback(2) : call.IsCallback(3) ? call.Callback(3) : null;
        call.NoComparer(2);

        return call.Lowerer.Named(call.Source(), source =>
        {
            var keys = Syntax.Call("distinct", Lowerer.Exact(ProjectionMethods.Projected(call, source, keyOf)));
            var key = call.Lowerer.Names.Take("key");
            var items = call.Sequence(
                Syntax.Call("filter", source, call.Lowerer.Function(keyOf, body => Syntax.Compare("=", call.Lowerer.Value(body), new(key)))), call.Element);
            if (hasElements) items = ProjectionMethods.Projected(call, items.Has(Traits.Nested) ? Lowerer.Exact(items) : items, call.Callback(2));
            items = Lowerer.Exact(items);
            var body = result is null
                ? Syntax.Object([(Syntax.Text(Key), new(key)), (Syntax.Text(Items), items)])
                : call.Lowerer.Named(items, items => call.Lowerer.Bound(result, [new(key), items], call.Lowerer.Value), "items");
            call.Lowerer.Names.Release(key);
            var groups = Syntax.Call("map", keys, Syntax.Function([key], body));
            return result is null ? groups.With(Traits.Sequence) : call.Sequence(groups, result.Body.Type);
        }, "items");
    }

    static JsonataFragment GroupJoin(SequenceCall call)
    {
        var (outerKey, innerKey, result) = (call.Callback(2), call.Callback(3), call.Callback(4));
        call.ComparableByValue(outerKey.Body.Type);
        var outer = call.Lowerer.Names.Take(result.Parameters[0].Name);
        var matches = Lowerer.Exact(ProjectionMethods.Matches(call, outerKey, innerKey, new(outer)));
        var body = call.Lowerer.Named(matches, matches => call.Lowerer.Bound(result, [new(outer), matches], call.Lowerer.Value), "matches");
        call.Lowerer.Names.Release(outer);
        return call.Sequence(Syntax.Call("map", call.Source(), Syntax.Function([outer], body)), result.Body.Type);
    }
}
