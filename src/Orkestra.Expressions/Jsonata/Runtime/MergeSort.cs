namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>The reference's merge sort: it asks the same questions in the same order, so a comparator that contradicts itself gives the same result.</summary>
internal static class MergeSort
{
    /// <summary>The order of the items 0 to count - 1.</summary>
    /// <param name="run">The evaluation, which counts the steps.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="isAfter">Whether the left of two items belongs after the right one.</param>
    internal static int[] Sort(Run run, int count, Func<int, int, bool> isAfter)
    {
        run.Charge(count * 8L);
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Sort(run, order, new int[count], 0, count, isAfter);
        return order;
    }

    static void Sort(Run run, int[] order, int[] scratch, int from, int to, Func<int, int, bool> isAfter)
    {
        if (to - from <= 1) return;
        var middle = from + ((to - from) / 2);
        Sort(run, order, scratch, from, middle, isAfter);
        Sort(run, order, scratch, middle, to, isAfter);
        Array.Copy(order, from, scratch, from, to - from);
        var left = from;
        var right = middle;
        for (var at = from; at < to; at++)
        {
            run.Step();
            if (left == middle) order[at] = scratch[right++];
            else if (right == to || !isAfter(scratch[left], scratch[right])) order[at] = scratch[left++];
            else order[at] = scratch[right++];
        }
    }
}
