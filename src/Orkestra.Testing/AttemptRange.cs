namespace Orkestra.Testing;

/// <summary>Attempts of a state, counted from 1, both ends included.</summary>
internal readonly struct AttemptRange
{
    readonly int first;
    readonly int last;

    internal AttemptRange(Range? attempts)
    {
        first = 1;
        last = int.MaxValue;
        if (attempts is not { } range) return;
        if (range.Start.IsFromEnd || (range.End.IsFromEnd && range.End.Value != 0))
            throw new ArgumentException("Attempts are counted from the first: write 1..2 for the first two, 3.. for all from the third on.", nameof(attempts));
        first = Math.Max(1, range.Start.Value);
        last = range.End.IsFromEnd ? int.MaxValue : range.End.Value;
        if (last < first) throw new ArgumentException($"The attempts {first}..{last} are none: both ends count, and 1 is the first.", nameof(attempts));
    }

    internal static AttemptRange All => new(null);

    internal bool Contains(int attempt) => attempt >= first && attempt <= last;
}
