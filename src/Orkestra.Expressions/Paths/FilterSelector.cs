using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths.Filters;

namespace Orkestra.Expressions.Paths;

/// <summary>The members or elements for which a condition holds.</summary>
internal sealed class FilterSelector(FilterCondition condition, bool objectItself) : PathSelector
{
    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                walk.Visit();
                var item = array.Span[i];
                if (condition.Test(new FilterScope(item, walk))) walk.Add(item, location, i);
            }
        }
        else if (node is JsonObject members)
        {
            if (objectItself)
            {
                // Jayway filters an object as if it were the only element of an array.
                if (condition.Test(new FilterScope(node, walk))) walk.AddSelf(node, location);
                return;
            }

            for (var i = 0; i < members.Count; i++)
            {
                walk.Visit();
                var item = members.Values[i];
                if (condition.Test(new FilterScope(item, walk))) walk.Add(item, location, members.Names[i]);
            }
        }
    }

    internal override void Write(StringBuilder output) => output.Append("[?]");
}
