using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>All members or elements.</summary>
internal sealed class WildcardSelector : PathSelector
{
    internal static WildcardSelector Instance { get; } = new();

    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++) walk.Add(array.Span[i], location, i);
        }
        else if (node is JsonObject members)
        {
            for (var i = 0; i < members.Count; i++) walk.Add(members.Values[i], location, members.Names[i]);
        }
    }

    internal override void Write(StringBuilder output) => output.Append("[*]");
}
