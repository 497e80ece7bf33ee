using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/object-functions, but for those that take functions.</summary>
internal static class ObjectFunctions
{
    const int FewMembers = 32;

    internal static NativeFunction[] All =>
    [
        new("keys", "<x-:a<s>>", 1, (run, args) => Keys(run, args[0])),
        new("lookup", "<x-s:x>", 2, (run, args) => Lookup(run, args[0], args[1] is JsonString key ? key.Value : "undefined")),
        new("spread", "<x-:a<o>>", 1, (run, args) => Spread(run, args[0])),
        new("merge", "<a<o>:o>", 1, (run, args) => Merge(run, args[0])),
    ];

    static Sequence Keys(Run run, JsonValue? value)
    {
        var start = run.Top;
        if (value is JsonObject members)
        {
            run.Step(members.Count);
            run.Charge(members.Count * 32L);
            foreach (var name in members.Names) run.Push(JsonString.Create(name));
        }
        else if (ValueOps.IsArray(value))
        {
            PushKeys(run, value, new HashSet<string>(StringComparer.Ordinal));
        }

        return run.PopSequence(start);
    }

    static void PushKeys(Run run, JsonValue? array, HashSet<string> seen)
    {
        run.Enter();
        foreach (var item in ValueOps.Items(array))
        {
            run.Step();
            if (ValueOps.IsArray(item)) PushKeys(run, item, seen);
            if (item is not JsonObject members) continue;
            run.Step(members.Count);
            foreach (var name in members.Names)
            {
                if (!seen.Add(name)) continue;
                run.Charge(64);
                run.Push(JsonString.Create(name));
            }
        }

        run.Leave();
    }

    static JsonValue? Lookup(Run run, JsonValue? value, string key)
    {
        if (value is JsonObject members) return members.TryGetValue(key, out var member) ? member : null;
        if (!ValueOps.IsArray(value)) return null;
        var start = run.Top;
        PushLookup(run, value!, key);
        return run.PopSequence(start);
    }

    static void PushLookup(Run run, JsonValue array, string key)
    {
        run.Enter();
        foreach (var item in ValueOps.Items(array))
        {
            run.Step();
            if (ValueOps.IsArray(item)) PushLookup(run, item!, key);
            if (item is not JsonObject members || !members.TryGetValue(key, out var member)) continue;
            if (ValueOps.IsArray(member)) run.Push(ValueOps.Items(member));
            else run.Push(member);
        }

        run.Leave();
    }

    static JsonValue? Spread(Run run, JsonValue? value)
    {
        if (value is not JsonObject && !ValueOps.IsArray(value)) return value;
        var start = run.Top;
        PushSpread(run, value);
        if (value is JsonObject) return run.PopSequence(start);
        var items = run.Pop(start);
        // The reference appends to a sequence, which makes a plain array of it as soon as there is something to append.
        return ValueOps.Items(value).Length == 0 ? ValueOps.EmptySequence : ValueOps.MakeArray(items, items.Length);
    }

    static void PushSpread(Run run, JsonValue? value)
    {
        run.Step();
        if (ValueOps.IsArray(value))
        {
            run.Enter();
            foreach (var item in ValueOps.Items(value)) PushSpread(run, item);
            run.Leave();
        }
        else if (value is JsonObject members)
        {
            run.Step(members.Count);
            run.Charge(members.Count * 96L);
            for (var i = 0; i < members.Count; i++) run.Push(ValueOps.MakeObject(JsonShape.Wrap([members.Shape[i]]), [members.Values[i]]));
        }
        else if (value is not null)
        {
            run.Push(value);
        }
    }

    static JsonValue? Merge(Run run, JsonValue? array)
    {
        if (array is null) return null;
        var items = ValueOps.Items(array);
        if (items.Length == 1) return items[0];
        var most = 0;
        run.Step(items.Length);
        foreach (var item in items)
        {
            if (item is not JsonObject members) continue;
            run.Step(members.Count);
            run.Charge(members.Count * 16L);
            most += members.Count;
        }

        return most <= FewMembers ? MergeFew(items, most) : MergeMany(items);
    }

    // Growing the first object's shape gives objects that are merged alike one shape.
    static JsonObject MergeFew(ReadOnlySpan<JsonValue?> items, int most)
    {
        var shape = JsonShape.Empty;
        var values = new JsonValue[most];
        var count = 0;
        foreach (var item in items)
        {
            if (item is not JsonObject members) continue;
            if (count == 0)
            {
                shape = members.Shape;
                members.Values.CopyTo(values);
                count = members.Count;
                continue;
            }

            for (var i = 0; i < members.Count; i++)
            {
                var name = members.Shape[i];
                var at = shape.IndexOf(name);
                if (at < 0)
                {
                    shape = shape.Add(name);
                    at = count++;
                }

                values[at] = members.Values[i];
            }
        }

        if (count < most) Array.Resize(ref values, count);
        return ValueOps.MakeObject(shape, values);
    }

    static JsonObject MergeMany(ReadOnlySpan<JsonValue?> items)
    {
        var builder = new JsonObject.Builder(16);
        foreach (var item in items)
        {
            if (item is not JsonObject members) continue;
            for (var i = 0; i < members.Count; i++) builder.Set(members.Shape[i], members.Values[i]);
        }

        return ValueOps.MakeObject(builder);
    }
}
