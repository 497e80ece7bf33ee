namespace Orkestra.Dashboard.Runs;

/// <summary>
/// Where a moment stands on a timeline. A long time in which nothing begins or ends is cut short, so that a wait of days does not flatten the seconds around it.
/// </summary>
internal sealed class TimelineScale
{
    static readonly TimeSpan LeastCut = TimeSpan.FromMinutes(1);

    const double LongerThanRest = 10;

    /// <summary>How long a time is drawn that is cut, as a part of all that is not.</summary>
    const double CutQuiet = 0.2;

    readonly double[] moments;
    readonly double[] places;

    /// <param name="times">When something begins or ends.</param>
    internal TimelineScale(IEnumerable<DateTimeOffset> times)
    {
        moments = [.. times.Select(time => (double)time.UtcTicks).Distinct().Order()];
        places = new double[moments.Length];
        if (moments.Length < 2) return;
        var lengths = new double[moments.Length - 1];
        for (var i = 0; i < lengths.Length; i++) lengths[i] = moments[i + 1] - moments[i];
        var cut = Cut(lengths);
        var total = lengths.Select((length, i) => cut[i] > 0 ? cut[i] : length).Sum();
        for (var i = 0; i < lengths.Length; i++)
        {
            var length = cut[i] > 0 ? cut[i] : lengths[i];
            places[i + 1] = places[i] + length / total;
            if (cut[i] > 0) Breaks.Add((places[i], places[i + 1], TimeSpan.FromTicks((long)lengths[i])));
        }
    }

    /// <summary>The times that are cut short: from where to where they are drawn, and how long they are.</summary>
    internal List<(double From, double To, TimeSpan Length)> Breaks { get; } = [];

    /// <summary>The place of a moment, from 0 to 1.</summary>
    internal double At(DateTimeOffset time)
    {
        if (moments.Length < 2) return 0;
        var ticks = (double)time.UtcTicks;
        var index = Array.BinarySearch(moments, ticks);
        if (index >= 0) return places[index];
        index = ~index;
        if (index == 0) return 0;
        if (index == moments.Length) return 1;
        return places[index - 1] + (places[index] - places[index - 1]) * (ticks - moments[index - 1]) / (moments[index] - moments[index - 1]);
    }

    // The long times are those that are much longer than all the shorter ones together.
    static double[] Cut(double[] lengths)
    {
        var cut = new double[lengths.Length];
        var ordered = Enumerable.Range(0, lengths.Length).OrderByDescending(i => lengths[i]).ThenBy(i => i).ToArray();
        var shorter = 0.0;
        for (var count = ordered.Length - 1; count > 0; count--)
        {
            shorter += lengths[ordered[count]];
            var least = lengths[ordered[count - 1]];
            if (least < LeastCut.Ticks || least < shorter * LongerThanRest) continue;
            for (var i = 0; i < count; i++) cut[ordered[i]] = shorter * CutQuiet;
            break;
        }

        return cut;
    }
}
