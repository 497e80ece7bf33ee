using System.Text;
using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>What can be told of a regular expression without matching: how its matches begin, so that a search can skip what cannot.</summary>
internal sealed class PatternShape
{
    internal PatternShape(PatternNode root)
    {
        var items = root is Sequence sequence ? sequence.Items : [root];
        IsAnchored = items.Count > 0 && items[0] is Assert { Kind: Assertion.Start };
        var length = LiteralLength(items, 0);
        Prefix = length > 0 ? Literal(items, 0, length) : "";
        First = FirstOf(root, out var isNullable) is { } first && !isNullable ? first : null;
    }

    internal string Prefix { get; }

    internal CharSet? First { get; }

    internal bool IsAnchored { get; }

    /// <summary>How many items from one on are single characters.</summary>
    internal static int LiteralLength(IReadOnlyList<PatternNode> items, int from)
    {
        var end = from;
        while (end < items.Count && items[end] is Set { Characters.Only: >= 0 and < 0xD800 or > 0xDFFF and <= char.MaxValue }) end++;
        return end - from;
    }

    internal static string Literal(IReadOnlyList<PatternNode> items, int from, int length)
    {
        var text = new StringBuilder(length);
        for (var i = from; i < from + length; i++) text.Append((char)((Set)items[i]).Characters.Only);
        return text.ToString();
    }

    /// <summary>About how many operations a part becomes.</summary>
    internal static long Size(PatternNode node) => node switch
    {
        Sequence sequence => 1 + sequence.Items.Sum(Size),
        Choice choice => choice.Items.Sum(item => 3 + Size(item)),
        Group group => 4 + Size(group.Body),
        Repeat { Body: Set } => 5,
        Repeat repeat => 10 + (Math.Min(Math.Max(repeat.Least, repeat.Most ?? repeat.Least + 1), 100_000L) * Size(repeat.Body)),
        Look look => 4 + Size(look.Body),
        Atomic atomic => 3 + Size(atomic.Body),
        _ => 3,
    };

    /// <summary>How many characters a part matches at least.</summary>
    internal static long MinWidth(PatternNode node) => node switch
    {
        Set => 1,
        Sequence sequence => sequence.Items.Sum(MinWidth),
        Choice choice => choice.Items.Min(MinWidth),
        Group group => MinWidth(group.Body),
        Repeat repeat => repeat.Least * MinWidth(repeat.Body),
        Atomic atomic => MinWidth(atomic.Body),
        _ => 0,
    };

    /// <summary>How many characters a part matches at most; null when there is no bound.</summary>
    internal static long? MaxWidth(PatternNode node) => node switch
    {
        Set => 1,
        Sequence sequence => Sum(sequence.Items),
        Choice choice => choice.Items.All(item => MaxWidth(item) is not null) ? choice.Items.Max(MaxWidth) : null,
        Group group => MaxWidth(group.Body),
        Repeat repeat => MaxWidth(repeat.Body) is { } width && repeat.Most is { } most ? width * most : null,
        Atomic atomic => MaxWidth(atomic.Body),
        Backreference => null,
        _ => 0,
    };

    static long? Sum(IReadOnlyList<PatternNode> items)
    {
        var sum = 0L;
        foreach (var item in items)
        {
            if (MaxWidth(item) is not { } width) return null;
            sum += width;
        }

        return sum;
    }

    // The characters a match may begin with; null when that is not known. A nullable part may match nothing.
    static CharSet? FirstOf(PatternNode node, out bool isNullable)
    {
        isNullable = false;
        switch (node)
        {
            case Set set: return set.Characters;
            case Group group: return FirstOf(group.Body, out isNullable);
            case Atomic atomic: return FirstOf(atomic.Body, out isNullable);
            case Repeat repeat:
                var body = FirstOf(repeat.Body, out isNullable);
                isNullable |= repeat.Least == 0;
                return repeat.Most == 0 ? CharSet.None : body;
            case Assert or Look:
                isNullable = true;
                return CharSet.None;
            case Choice choice: return FirstOfAll(choice.Items, sequence: false, out isNullable);
            case Sequence sequence: return FirstOfAll(sequence.Items, sequence: true, out isNullable);
            default:
                isNullable = true;
                return null;
        }
    }

    static CharSet? FirstOfAll(IReadOnlyList<PatternNode> items, bool sequence, out bool isNullable)
    {
        var first = CharSet.None;
        isNullable = sequence;
        foreach (var item in items)
        {
            if (FirstOf(item, out var nullable) is not { } more) return null;
            first = first.Union(more);
            if (!sequence) isNullable |= nullable;
            else if (!nullable)
            {
                isNullable = false;
                break;
            }
        }

        return first;
    }
}
