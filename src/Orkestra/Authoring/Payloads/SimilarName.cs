namespace Orkestra.Authoring.Payloads;

/// <summary>Finds the most similar of several names.</summary>
internal static class SimilarName
{
    /// <summary>The nearest of some names; null when none is near.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var near = candidates.MinBy(candidate => Distance(candidate, name));
        return near is not null && Distance(near, name) <= Math.Max(1, near.Length / 3) ? near : null;
    }

    // The number of letters to insert, remove, replace or swap with a neighbor; letter case doesn't count.
    static int Distance(string one, string other)
    {
        (one, other) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var costs = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) costs[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) costs[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = costs[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(replaced, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
            }
        }

        return costs[one.Length, other.Length];
    }
}
