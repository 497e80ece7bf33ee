using System.Globalization;
using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>
/// Reads the patterns of ECMA-262 without the u flag, with annex B: https://tc39.es/ecma262/#sec-patterns. Groups are numbered from left to right, named ones included.
/// </summary>
internal sealed class EcmaPattern
{
    const int LongestPattern = 20_000;
    const int DeepestNest = 200;
    const int LargestRepeat = 100_000;

    // Atoms of a pattern when its counted repetitions are written out.
    const long LargestSize = 3_000_000;

    static readonly CharSet Digits = CharSet.Ranges('0', '9');
    static readonly CharSet Words = CharSet.Ranges('a', 'z', 'A', 'Z', '0', '9', '_', '_');
    static readonly CharSet Blanks = CharSet.Any("\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF");
    static readonly CharSet Dot = CharSet.Any("\n\r\u2028\u2029").Negate();

    readonly string source;
    readonly bool ignoreCase;
    readonly bool multiline;
    readonly int groupCount;
    readonly Dictionary<string, int> groupNames;
    int at;
    int groups;
    int nests;

    EcmaPattern(string source, bool ignoreCase, bool multiline)
    {
        this.source = source;
        this.ignoreCase = ignoreCase;
        this.multiline = multiline;
        if (source.Length > LongestPattern) throw new PatternException($"The pattern is longer than {LongestPattern} characters", LongestPattern);
        (groupCount, groupNames) = CountGroups(source);
    }

    bool HasMore => at < source.Length;

    char Current => source[at];

    /// <summary>Compiles a pattern.</summary>
    /// <param name="source">The text between the slashes.</param>
    /// <param name="ignoreCase">The flag i.</param>
    /// <param name="multiline">The flag m: ^ and $ also match at line ends.</param>
    /// <param name="whole">It must match the whole text.</param>
    /// <exception cref="PatternException">The text is not a regular expression, or nests too deep or is too large.</exception>
    internal static PatternProgram Compile(string source, bool ignoreCase = false, bool multiline = false, bool whole = false)
    {
        var reader = new EcmaPattern(source, ignoreCase, multiline);
        var root = reader.Disjunction();
        if (reader.HasMore) throw reader.Fault("A bracket is not opened");
        if (PatternShape.Size(root) > LargestSize) throw reader.Fault("The repetitions are too large");
        if (whole) root = new Sequence([new Assert(Assertion.Start), root, new Assert(Assertion.End)]);
        return PatternCompiler.Compile(root, PatternRules.Ecma, source, reader.groupCount, reader.groupNames);
    }

    PatternNode Disjunction()
    {
        var choices = new List<PatternNode>();
        while (true)
        {
            var terms = new List<PatternNode>();
            while (HasMore && Current is not ('|' or ')')) terms.Add(Term());
            choices.Add(terms.Count == 1 ? terms[0] : new Sequence(terms));
            if (!HasMore || Current != '|') return choices.Count == 1 ? choices[0] : new Choice(choices);
            at++;
        }
    }

    PatternNode Term()
    {
        var first = groups + 1;
        var atom = Atom(out var isQuantifiable);
        if (!HasMore || !TryQuantifier(out var length, out var least, out var most)) return atom;
        if (!isQuantifiable) throw Fault("Nothing to repeat");
        if (least > most) throw Fault("The numbers of a repetition are out of order");
        if (Math.Max(least, most ?? 0) > LargestRepeat) throw Fault("The repetitions are too large");
        at += length;
        var greed = HasMore && Current == '?' ? RepeatKind.Lazy : RepeatKind.Greedy;
        if (greed == RepeatKind.Lazy) at++;
        if (HasMore && TryQuantifier(out _, out _, out _)) throw Fault("Nothing to repeat");
        return new Repeat(atom, least, most, greed, first, groups + 1);
    }

    PatternNode Atom(out bool isQuantifiable)
    {
        isQuantifiable = true;
        var c = Current;
        switch (c)
        {
            case '(': return Parentheses(out isQuantifiable);
            case '^' or '$':
                at++;
                isQuantifiable = false;
                return new Assert(c == '^' ? (multiline ? Assertion.LineStart : Assertion.Start) : multiline ? Assertion.LineEnd : Assertion.End);
            case '.':
                at++;
                return new Set(Dot);
            case '[': return new Set(Class());
            case '\\': return Escape(out isQuantifiable);
            case '*' or '+' or '?': throw Fault("Nothing to repeat");
            case '{' when TryQuantifier(out _, out _, out _): throw Fault("Nothing to repeat");
            default:
                at++;
                return new Set(Cased(CharSet.Of(c)));
        }
    }

    PatternNode Parentheses(out bool isQuantifiable)
    {
        if (++nests > DeepestNest) throw Fault($"Groups nest deeper than {DeepestNest}");
        var start = at;
        isQuantifiable = true;
        var isLookbehind = Starts("(?<=") || Starts("(?<!");
        var isLookahead = Starts("(?=") || Starts("(?!");
        var number = 0;
        if (isLookbehind) at += 4;
        else if (isLookahead || Starts("(?:")) at += 3;
        else if (Starts("(?<")) at = GroupName(source, at).End + 1;
        else if (Starts("(?")) throw Fault("This kind of group is unknown");
        else at++;
        if (!isLookbehind && !isLookahead && !(source[start..at] == "(?:")) number = ++groups;
        var body = Disjunction();
        if (!HasMore) throw Fault("A group is not closed");
        at++;
        nests--;
        if (number > 0) return new Group(number, body);
        // A lookbehind cannot be repeated; a lookahead can, by annex B.
        isQuantifiable = !isLookbehind;
        return isLookbehind || isLookahead ? new Look(body, isLookbehind, source[start..].StartsWith(isLookbehind ? "(?<!" : "(?!", StringComparison.Ordinal)) : body;
    }

    bool TryQuantifier(out int length, out int least, out int? most)
    {
        (length, least, most) = (1, 0, null);
        switch (Current)
        {
            case '*': return true;
            case '+':
                least = 1;
                return true;
            case '?':
                most = 1;
                return true;
            case '{': return TryCounts(out length, out least, out most);
            default: return false;
        }
    }

    bool TryCounts(out int length, out int least, out int? most)
    {
        (length, most) = (0, null);
        var end = at + 1;
        if (!Number(ref end, out least)) return false;
        most = least;
        if (end < source.Length && source[end] == ',')
        {
            end++;
            most = Number(ref end, out var upper) ? upper : null;
        }

        if (end >= source.Length || source[end] != '}') return false;
        length = end + 1 - at;
        return true;
    }

    bool Number(ref int end, out int value)
    {
        var start = end;
        while (end < source.Length && char.IsAsciiDigit(source[end])) end++;
        value = end == start ? 0 : int.TryParse(source.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return end > start;
    }

    CharSet Cased(CharSet set) => ignoreCase ? set.WithBothCases(asciiOnly: false) : set;

    PatternNode Escape(out bool isQuantifiable)
    {
        if (at + 1 >= source.Length) throw Fault("The pattern ends in a backslash");
        isQuantifiable = true;
        var c = source[at + 1];
        switch (c)
        {
            case 'b' or 'B':
                at += 2;
                isQuantifiable = false;
                return new Assert(c == 'b' ? Assertion.WordBoundary : Assertion.NoWordBoundary);
            case 'k' when groupNames.Count > 0: return NamedReference();
            case >= '1' and <= '9' when Reference() is { } reference: return reference;
        }

        if (ClassEscape(c) is { } set)
        {
            at += 2;
            return new Set(Cased(set));
        }

        return new Set(Cased(CharSet.Of(EscapedUnit())));
    }

    static CharSet? ClassEscape(char letter) => letter switch
    {
        'd' => Digits,
        'D' => Digits.Negate(),
        'w' => Words,
        'W' => Words.Negate(),
        's' => Blanks,
        'S' => Blanks.Negate(),
        _ => null,
    };

    Backreference? Reference()
    {
        var end = at + 1;
        Number(ref end, out var number);
        if (number > groupCount) return null;
        at = end;
        return new Backreference(number, ignoreCase);
    }

    Backreference NamedReference()
    {
        if (at + 2 >= source.Length || source[at + 2] != '<') throw Fault("A group name must follow");
        var end = source.IndexOf('>', at);
        if (end < 0 || !groupNames.TryGetValue(source[(at + 3)..end], out var number)) throw Fault("There is no group of this name");
        at = end + 1;
        return new Backreference(number, ignoreCase);
    }

    CharSet Class()
    {
        var start = at++;
        var isNegated = HasMore && Current == '^';
        if (isNegated) at++;
        var set = CharSet.None;
        while (HasMore && Current != ']')
        {
            var position = at;
            var (low, lowSet) = Member(start);
            if (at + 1 < source.Length && Current == '-' && source[at + 1] != ']')
            {
                at++;
                var (high, highSet) = Member(start);
                if (lowSet is null && highSet is null && low > high) throw new PatternException("A range is out of order", position);
                // A range with a class at one end is the class, a hyphen and the other end (annex B).
                set = lowSet is null && highSet is null ? set.Union(CharSet.Ranges(low, high))
                    : set.Union(lowSet ?? CharSet.Of(low)).Union(CharSet.Of('-')).Union(highSet ?? CharSet.Of(high));
                continue;
            }

            set = set.Union(lowSet ?? CharSet.Of(low));
        }

        if (!HasMore) throw new PatternException("A character class is not closed", start);
        at++;
        set = Cased(set);
        return isNegated ? set.Negate() : set;
    }

    (char Unit, CharSet? Set) Member(int start)
    {
        if (!HasMore) throw new PatternException("A character class is not closed", start);
        if (Current != '\\') return (source[at++], null);
        if (at + 1 >= source.Length) throw new PatternException("A character class is not closed", at);
        if (source[at + 1] == 'b')
        {
            at += 2;
            return ('\b', null);
        }

        if (ClassEscape(source[at + 1]) is not { } set) return (EscapedUnit(), null);
        at += 2;
        return ('\0', set);
    }

    // The code unit an escape stands for. One without a meaning of its own is the character itself.
    char EscapedUnit()
    {
        var letter = source[at + 1];
        at += 2;
        switch (letter)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'x' when Hex(2) is { } unit: return unit;
            case 'u' when Hex(4) is { } unit: return unit;
            case 'c' when HasMore && char.IsAsciiLetter(Current): return (char)(source[at++] % 32);
            case 'c':
                // A control escape without a letter is a backslash; the c is read again.
                at--;
                return '\\';
            case >= '0' and <= '7': return Octal(letter - '0');
            default: return letter;
        }
    }

    char? Hex(int count)
    {
        if (at + count > source.Length || !ushort.TryParse(source.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) return null;
        at += count;
        return (char)unit;
    }

    char Octal(int value)
    {
        for (var digits = 1; digits < 3 && HasMore && Current is >= '0' and <= '7' && (value * 8) + Current - '0' <= 0xFF; digits++) value = (value * 8) + source[at++] - '0';
        return (char)value;
    }

    bool Starts(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    PatternException Fault(string message) => new(message, at);

    static (int Count, Dictionary<string, int> Names) CountGroups(string source)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\') i++;
            else if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '(' && !inClass && IsCapture(source, i))
            {
                count++;
                if (i + 1 < source.Length && source[i + 1] == '?' && !names.TryAdd(GroupName(source, i).Name, count))
                    throw new PatternException("Two groups have the same name", i);
            }
        }

        return (count, names);
    }

    static bool IsCapture(string source, int at) => at + 1 >= source.Length || source[at + 1] != '?'
        || (at + 3 < source.Length && source[at + 2] == '<' && source[at + 3] is not ('=' or '!'));

    static (string Name, int End) GroupName(string source, int at)
    {
        var end = source.IndexOf('>', at);
        var name = end < 0 ? "" : source[(at + 3)..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$')) throw new PatternException("A group name is wrong", at);
        return (name, end);
    }
}
