namespace Orkestra.Asl.Drawing.Layout;

/// <summary>Finds the ways that lead back, and the layer of each box.</summary>
internal static class LayerAssignment
{
    internal static void Assign(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        var leaving = edges.ToLookup(edge => edge.From);
        var order = InOrder(nodes, leaving);
        foreach (var node in order)
        {
            foreach (var edge in leaving[node].Where(edge => !edge.IsBack)) edge.To.Layer = Math.Max(edge.To.Layer, node.Layer + LengthOf(edge));
        }

        // What nothing leads to, or what leads to more than it comes from, goes down to what follows it.
        var arriving = edges.Where(edge => !edge.IsBack).ToLookup(edge => edge.To);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var node = order[i];
            var after = leaving[node].Where(edge => !edge.IsBack).ToList();
            if (after.Count > arriving[node].Count()) node.Layer = after.Min(edge => edge.To.Layer - LengthOf(edge));
        }
    }

    static int LengthOf(LayoutEdge edge) => edge.HasLabel ? 2 : 1;

    // In the order of what is reached first; a way to a box from which the search came leads back.
    static List<LayoutNode> InOrder(IReadOnlyList<LayoutNode> nodes, ILookup<LayoutNode, LayoutEdge> leaving)
    {
        var finished = new List<LayoutNode>(nodes.Count);
        var states = new Dictionary<LayoutNode, bool>(nodes.Count);
        var path = new Stack<(LayoutNode Node, IEnumerator<LayoutEdge> Edges)>();
        foreach (var first in nodes)
        {
            if (!states.TryAdd(first, true)) continue;
            path.Push((first, leaving[first].GetEnumerator()));
            while (path.TryPeek(out var top))
            {
                if (!top.Edges.MoveNext())
                {
                    states[top.Node] = false;
                    finished.Add(top.Node);
                    path.Pop().Edges.Dispose();
                }
                else if (states.TryAdd(top.Edges.Current.To, true))
                {
                    path.Push((top.Edges.Current.To, leaving[top.Edges.Current.To].GetEnumerator()));
                }
                else
                {
                    top.Edges.Current.IsBack = states[top.Edges.Current.To];
                }
            }
        }

        finished.Reverse();
        return finished;
    }
}
