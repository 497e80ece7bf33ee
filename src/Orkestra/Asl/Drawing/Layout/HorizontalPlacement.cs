namespace Orkestra.Asl.Drawing.Layout;

/// <summary>
/// Gives boxes their place from the left (Brandes and Köpf, 2002): long ways are straight, and boxes stand above the middle of what follows them. The place is the middle of
/// four placements, each of which keeps the order and the gaps, so that it keeps them too.
/// </summary>
internal static class HorizontalPlacement
{
    internal static void Place(LayoutNode[][] layers)
    {
        var conflicts = Conflicts(layers);
        var placements = new List<Dictionary<LayoutNode, double>>(4);
        foreach (var fromBelow in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var fromRight in (ReadOnlySpan<bool>)[false, true]) placements.Add(new Alignment(layers, conflicts, fromBelow, fromRight).Place());
        }

        var extents = placements.Select(placement => (Left: placement.Min(pair => pair.Value - pair.Key.Width / 2), Right: placement.Max(pair => pair.Value + pair.Key.Width / 2))).ToArray();
        var narrowest = extents.MinBy(extent => extent.Right - extent.Left);
        foreach (var node in layers.SelectMany(layer => layer))
        {
            var places = new double[4];
            for (var i = 0; i < 4; i++) places[i] = placements[i][node] + (i % 2 == 0 ? narrowest.Left - extents[i].Left : narrowest.Right - extents[i].Right);
            Array.Sort(places);
            node.X = (places[1] + places[2]) / 2;
        }
    }

    /// <summary>The least distance between the middles of two neighbors.</summary>
    internal static double Distance(LayoutNode left, LayoutNode right) => (left.Width + right.Width) / 2 + (left, right) switch
    {
        (BendNode { Width: 0 }, BendNode { Width: 0 }) => 16,
        (BendNode, BendNode) => 14,
        (BendNode, _) or (_, BendNode) => 20,
        _ => 30,
    };

    // A way through several layers stays straight when a short one crosses it.
    static HashSet<(LayoutNode, LayoutNode)> Conflicts(LayoutNode[][] layers)
    {
        var conflicts = new HashSet<(LayoutNode, LayoutNode)>();
        for (var i = 1; i < layers.Length; i++)
        {
            var (from, scanned) = (0, 0);
            var layer = layers[i];
            for (var place = 0; place < layer.Length; place++)
            {
                var straight = StraightAbove(layer[place]);
                if (straight is null && place != layer.Length - 1) continue;
                var until = straight?.Order ?? layers[i - 1].Length;
                for (; scanned <= place; scanned++)
                {
                    foreach (var above in layer[scanned].Above)
                    {
                        if ((above.Order < from || above.Order > until) && StraightAbove(layer[scanned]) != above) conflicts.Add((above, layer[scanned]));
                    }
                }

                from = until;
            }
        }

        return conflicts;
    }

    static LayoutNode? StraightAbove(LayoutNode node) => node is BendNode { IsTurn: false } ? node.Above.Find(above => above is BendNode { IsTurn: false }) : null;

    /// <summary>One of the four placements: from above or below, from the left or the right.</summary>
    sealed class Alignment
    {
        readonly LayoutNode[][] layers;
        readonly HashSet<(LayoutNode, LayoutNode)> conflicts;
        readonly bool fromBelow;
        readonly bool fromRight;
        readonly Dictionary<LayoutNode, LayoutNode> roots = [];
        readonly Dictionary<LayoutNode, LayoutNode> next = [];

        internal Alignment(LayoutNode[][] layers, HashSet<(LayoutNode, LayoutNode)> conflicts, bool fromBelow, bool fromRight)
        {
            this.conflicts = conflicts;
            this.fromBelow = fromBelow;
            this.fromRight = fromRight;
            var turned = layers.Select(layer => fromRight ? [.. layer.Reverse()] : layer);
            this.layers = [.. fromBelow ? turned.Reverse() : turned];
        }

        internal Dictionary<LayoutNode, double> Place()
        {
            Align();
            var places = Compact();
            return layers.SelectMany(layer => layer).ToDictionary(node => node, node => fromRight ? -places[roots[node]] : places[roots[node]]);
        }

        void Align()
        {
            foreach (var node in layers.SelectMany(layer => layer)) roots[node] = next[node] = node;
            foreach (var layer in layers)
            {
                var last = -1;
                foreach (var node in layer)
                {
                    var neighbors = (fromBelow ? node.AlignedBelow : node.AlignedAbove).OrderBy(PlaceOf).ToArray();
                    if (neighbors.Length == 0) continue;
                    for (var i = (neighbors.Length - 1) / 2; i <= neighbors.Length / 2; i++)
                    {
                        var neighbor = neighbors[i];
                        if (next[node] != node || PlaceOf(neighbor) <= last || conflicts.Contains(fromBelow ? (node, neighbor) : (neighbor, node))) continue;
                        next[neighbor] = node;
                        next[node] = roots[node] = roots[neighbor];
                        last = PlaceOf(neighbor);
                    }
                }
            }
        }

        int PlaceOf(LayoutNode node) => fromRight ? -node.Order + int.MaxValue / 2 : node.Order;

        // Blocks of aligned boxes go as far to the side as their neighbors allow, and then back to what follows them.
        Dictionary<LayoutNode, double> Compact()
        {
            var gaps = new Dictionary<(LayoutNode Left, LayoutNode Right), double>();
            foreach (var layer in layers)
            {
                for (var i = 1; i < layer.Length; i++)
                {
                    var pair = (roots[layer[i - 1]], roots[layer[i]]);
                    gaps[pair] = Math.Max(gaps.GetValueOrDefault(pair), Distance(layer[i - 1], layer[i]));
                }
            }

            var before = gaps.ToLookup(gap => gap.Key.Right, gap => (Block: gap.Key.Left, Gap: gap.Value));
            var after = gaps.ToLookup(gap => gap.Key.Left, gap => (Block: gap.Key.Right, Gap: gap.Value));
            var places = new Dictionary<LayoutNode, double>();
            var order = InOrder(before, after);
            foreach (var block in order) places[block] = before[block].Select(other => places[other.Block] + other.Gap).DefaultIfEmpty(0).Max();
            for (var i = order.Count - 1; i >= 0; i--)
            {
                var room = after[order[i]].Select(other => places[other.Block] - other.Gap).DefaultIfEmpty(double.MinValue).Min();
                places[order[i]] = Math.Max(places[order[i]], room);
            }

            return places;
        }

        List<LayoutNode> InOrder(ILookup<LayoutNode, (LayoutNode Block, double Gap)> before, ILookup<LayoutNode, (LayoutNode Block, double Gap)> after)
        {
            var blocks = layers.SelectMany(layer => layer).Where(node => roots[node] == node).ToArray();
            var waiting = blocks.ToDictionary(block => block, block => before[block].Count());
            var order = new List<LayoutNode>(blocks.Length);
            var ready = new Queue<LayoutNode>(blocks.Where(block => waiting[block] == 0));
            while (ready.TryDequeue(out var block))
            {
                order.Add(block);
                foreach (var (other, _) in after[block])
                {
                    if (--waiting[other] == 0) ready.Enqueue(other);
                }
            }

            return order;
        }
    }
}
