using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Nodes.Variables;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Calls;

/// <summary>A transform, <c>| pattern | update, deletions |</c>: its value is a function that changes copies of objects.</summary>
internal sealed class TransformNode(Node pattern, Node update, int updatePosition, Node? deletions, int deletionsPosition, VariableNode clone, int position) : Node
{
    internal int Position => position;

    internal Node Pattern => pattern;

    internal VariableNode Clone => clone;

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => new TransformFunction(this, frame);

    /// <summary>The object a match becomes.</summary>
    internal JsonValue Change(JsonValue match, VariableFrame frame)
    {
        var changed = match;
        var changes = update.Evaluate(match, frame);
        if (changes is not null)
        {
            if (changes is not JsonObject members) throw new JsonataException("T2011", updatePosition, value: ValueOps.ForError(changes));
            changed = Merge(frame.Run, match, members);
        }

        return deletions is null ? changed : Delete(changed, frame);
    }

    static JsonValue Merge(Run run, JsonValue match, JsonObject changes)
    {
        if (match is not JsonObject members) return match;
        run.Step(members.Count + changes.Count);
        run.Charge(48 + ((members.Count + changes.Count) * 16L));
        var builder = new JsonObject.Builder(members.Count + changes.Count);
        for (var i = 0; i < members.Count; i++) builder.Set(members.Shape[i], members.Values[i]);
        for (var i = 0; i < changes.Count; i++) builder.Set(changes.Shape[i], changes.Values[i]);
        return ValueOps.MakeObject(builder);
    }

    JsonValue Delete(JsonValue match, VariableFrame frame)
    {
        var names = deletions!.Evaluate(match, frame);
        if (names is null) return match;
        var list = ValueOps.IsArray(names) ? ValueOps.Items(names) : [names];
        frame.Run.Step(list.Length);
        foreach (var name in list)
        {
            if (name is not JsonString) throw new JsonataException("T2012", deletionsPosition, value: ValueOps.ForError(names));
        }

        if (match is not JsonObject members) return match;
        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in list) gone.Add(((JsonString)name!).Value);
        frame.Run.Step(members.Count);
        frame.Run.Charge(48 + (members.Count * 16L));
        var builder = new JsonObject.Builder(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            if (!gone.Contains(members.Shape[i])) builder.Set(members.Shape[i], members.Values[i]);
        }

        return ValueOps.MakeObject(builder);
    }
}
