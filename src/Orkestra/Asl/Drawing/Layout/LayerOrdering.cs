namespace Orkestra.Asl.Drawing.Layout;

/// <summary>Orders the boxes of each layer so that few ways cross: sweeps by the middle of the neighbors, then swaps of neighbors (Gansner and others, 1993).</summary>
internal static class LayerOrdering
{
    const int Sweeps = 16;
    const int Swaps = 8;

    internal static void Order(LayoutNode[][] layers)
    {
        FirstOrder(layers);
        Number(layers);
        var best = Crossings(layers);
        var kept = Copy(layers);
        for (var sweep = 0; sweep < Sweeps && best > 0; sweep++)
        {
            Sweep(layers, isDown: sweep % 2 == 0);
            Swap(layers);
            var crossings = Crossings(layers);
            if (crossings >= best) continue;
            best = crossings;
            kept = Copy(layers);
        }

        for (var i = 0; i < layers.Length; i++) kept[i].CopyTo(layers[i], 0);
        Number(layers);
    }

    // As a search from the first box finds them: what follows one box stays together.
    static void FirstOrder(LayoutNode[][] layers)
    {
        var found = new Dictionary<LayoutNode, int>();
        var pending = new Stack<LayoutNode>();
        foreach (var start in layers.SelectMany(layer => layer))
        {
            pending.Push(start);
            while (pending.TryPop(out var node))
            {
                if (!found.TryAdd(node, found.Count)) continue;
                for (var i = node.Below.Count - 1; i >= 0; i--) pending.Push(node.Below[i]);
            }
        }

        foreach (var layer in layers) Array.Sort(layer, (left, right) => found[left].CompareTo(found[right]));
    }

    static void Sweep(LayoutNode[][] layers, bool isDown)
    {
        for (var step = 1; step < layers.Length; step++)
        {
            var layer = layers[isDown ? step : layers.Length - 1 - step];
            var middles = layer.ToDictionary(node => node, node => MiddleOf(isDown ? node.Above : node.Below));
            // What has no neighbors keeps its place; the others share the other places.
            var moved = layer.Where(node => middles[node] >= 0).OrderBy(node => middles[node]).ThenBy(node => node.Order).ToList();
            var next = 0;
            for (var i = 0; i < layer.Length; i++)
            {
                if (middles[layer[i]] >= 0) layer[i] = moved[next++];
            }

            Number(layer);
        }
    }

    static double MiddleOf(List<LayoutNode> neighbors)
    {
        if (neighbors.Count == 0) return -1;
        var places = neighbors.Select(node => node.Order).Order().ToArray();
        var half = places.Length / 2;
        if (places.Length % 2 == 1) return places[half];
        if (places.Length == 2) return (places[0] + places[1]) / 2.0;
        var left = places[half - 1] - places[0];
        var right = places[^1] - places[half];
        return left + right == 0 ? places[half] : (places[half - 1] * (double)right + places[half] * (double)left) / (left + right);
    }

    static void Swap(LayoutNode[][] layers)
    {
        var improved = true;
        for (var round = 0; round < Swaps && improved; round++)
        {
            improved = false;
            foreach (var layer in layers)
            {
                for (var i = 0; i + 1 < layer.Length; i++)
                {
                    var (left, right) = (layer[i], layer[i + 1]);
                    if (Between(left.Above, right.Above) + Between(left.Below, right.Below) <= Between(right.Above, left.Above) + Between(right.Below, left.Below)) continue;
                    (layer[i], layer[i + 1]) = (right, left);
                    (right.Order, left.Order) = (i, i + 1);
                    improved = true;
                }
            }
        }
    }

    // How often the ways of a left box cross those of a right one.
    static int Between(List<LayoutNode> left, List<LayoutNode> right)
    {
        var crossings = 0;
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                if (one.Order > other.Order) crossings++;
            }
        }

        return crossings;
    }

    static long Crossings(LayoutNode[][] layers)
    {
        var crossings = 0L;
        for (var i = 0; i + 1 < layers.Length; i++)
        {
            // Counts the inversions of the lower places with a tree of sums.
            var size = layers[i + 1].Length;
            var sums = new int[size + 1];
            var seen = 0;
            foreach (var node in layers[i])
            {
                foreach (var below in node.Below)
                {
                    var before = 0;
                    for (var place = below.Order + 1; place > 0; place -= place & -place) before += sums[place];
                    crossings += seen - before;
                }

                foreach (var below in node.Below)
                {
                    seen++;
                    for (var place = below.Order + 1; place <= size; place += place & -place) sums[place]++;
                }
            }
        }

        return crossings;
    }

    static LayoutNode[][] Copy(LayoutNode[][] layers) => [.. layers.Select(layer => (LayoutNode[])layer.Clone())];

    static void Number(LayoutNode[][] layers)
    {
        foreach (var layer in layers) Number(layer);
    }

    static void Number(LayoutNode[] layer)
    {
        for (var i = 0; i < layer.Length; i++) layer[i].Order = i;
    }
}
