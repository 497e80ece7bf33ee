using System.Globalization;
using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>
/// Reads the patterns of <c>java.util.regex</c>, https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html, without <c>\G</c>, <c>\X</c>, scripts and blocks.
/// Characters are code points, and the predefined classes are those of ASCII.
/// </summary>
internal sealed class JavaPattern
{
    const int LongestPattern = 20_000;
    const int DeepestNest = 200;
    const int LargestRepeat = 100_000;
    const long LargestSize = 3_000_000;

    static readonly CharSet Dot = CharSet.Any("\n\r\u0085\u2028\u2029").Negate();

    readonly string source;
    readonly Dictionary<string, int> groupNames = new(StringComparer.Ordinal);
    readonly int groupCount;
    bool ignoreCase;
    bool multiline;
    bool dotAll;
    int at;
    int groups;
    int nests;

    JavaPattern(string source, bool ignoreCase, bool multiline)
    {
        this.source = source;
        this.ignoreCase = ignoreCase;
        this.multiline = multiline;
        if (source.Length > LongestPattern) throw new PatternException($"The pattern is longer than {LongestPattern} characters", LongestPattern);
        groupCount = CountGroups(source);
    }

    bool HasMore => at < source.Length;

    char Current => source[at];

    /// <summary>Compiles a pattern.</summary>
    /// <param name="source">The text between the slashes.</param>
    /// <param name="ignoreCase">The flag i: of the letters of ASCII either case matches.</param>
    /// <param name="multiline">The flag m: ^ and $ also match at line ends.</param>
    /// <exception cref="PatternException">The text is not a regular expression, or nests too deep or is too large.</exception>
    internal static PatternProgram Compile(string source, bool ignoreCase = false, bool multiline = false)
    {
        var reader = new JavaPattern(source, ignoreCase, multiline);
        var root = reader.Disjunction();
        if (reader.HasMore) throw reader.Fault("Unmatched closing ')'");
        if (PatternShape.Size(root) > LargestSize) throw reader.Fault("The repetitions are too large");
        return PatternCompiler.Compile(root, PatternRules.Java, source, reader.groups, reader.groupNames);
    }

    PatternNode Disjunction()
    {
        var choices = new List<PatternNode>();
        while (true)
        {
            var terms = new List<PatternNode>();
            while (HasMore && Current is not ('|' or ')')) Term(terms);
            choices.Add(terms.Count == 1 ? terms[0] : new Sequence(terms));
            if (!HasMore || Current != '|') return choices.Count == 1 ? choices[0] : new Choice(choices);
            at++;
        }
    }

    void Term(List<PatternNode> terms)
    {
        var first = groups + 1;
        if ((Starts("\\Q") ? Quoted(terms) : Atom()) is not { } atom) return;
        while (HasMore && Quantifier() is var (least, most))
        {
            if (least > most) throw Fault("Illegal repetition range");
            if (Math.Max(least, most ?? 0) > LargestRepeat) throw Fault("The repetitions are too large");
            var kind = !HasMore ? RepeatKind.Greedy : Current switch { '?' => RepeatKind.Lazy, '+' => RepeatKind.Possessive, _ => RepeatKind.Greedy };
            if (kind != RepeatKind.Greedy) at++;
            atom = new Repeat(atom, least, most, kind, first, groups + 1);
            if (HasMore && Current is '*' or '+' or '?') throw Fault($"Dangling meta character '{Current}'");
        }

        terms.Add(atom);
    }

    // What follows a quotation repeats its last character.
    PatternNode? Quoted(List<PatternNode> terms)
    {
        at += 2;
        var start = at;
        var end = source.IndexOf("\\E", at, StringComparison.Ordinal);
        if (end < 0) end = source.Length;
        while (at < end) terms.Add(new Set(Cased(CharSet.Of(CodePoint()))));
        var isEmpty = at == start;
        at = Math.Min(source.Length, end + 2);
        if (isEmpty) return null;
        var last = terms[^1];
        terms.RemoveAt(terms.Count - 1);
        return last;
    }

    // Null where what was read is only flags.
    PatternNode? Atom()
    {
        var c = Current;
        switch (c)
        {
            case '(': return Parentheses();
            case '^' or '$':
                at++;
                return new Assert(c == '^' ? (multiline ? Assertion.LineStart : Assertion.Start) : multiline ? Assertion.LineEnd : Assertion.LastLineEnd);
            case '.':
                at++;
                return new Set(dotAll ? CharSet.All : Dot);
            case '[': return new Set(Class());
            case '\\': return Escape();
            case '*' or '+' or '?': throw Fault($"Dangling meta character '{c}'");
            case '{': throw Fault("Illegal repetition");
            default: return new Set(Cased(CharSet.Of(CodePoint())));
        }
    }

    PatternNode? Parentheses()
    {
        if (++nests > DeepestNest) throw Fault($"Groups nest deeper than {DeepestNest}");
        var (wasIgnoreCase, wasMultiline, wasDotAll) = (ignoreCase, multiline, dotAll);
        var number = 0;
        Func<PatternNode, PatternNode> wrap = body => body;
        if (Starts("(?=") || Starts("(?!")) wrap = Look(3, behind: false);
        else if (Starts("(?<=") || Starts("(?<!")) wrap = Look(4, behind: true);
        else if (Starts("(?<")) number = NamedGroup();
        else if (Starts("(?>"))
        {
            at += 3;
            wrap = body => new Atomic(body);
        }
        else if (Starts("(?"))
        {
            at += 2;
            Flags();
            if (HasMore && source[at++] == ')')
            {
                nests--;
                return null;
            }
        }
        else
        {
            at++;
            number = ++groups;
        }

        var inner = Disjunction();
        if (!HasMore) throw Fault("Unclosed group");
        at++;
        nests--;
        (ignoreCase, multiline, dotAll) = (wasIgnoreCase, wasMultiline, wasDotAll);
        return number > 0 ? new Group(number, inner) : wrap(inner);
    }

    Func<PatternNode, PatternNode> Look(int length, bool behind)
    {
        var isNegated = source[at + length - 1] == '!';
        at += length;
        return body =>
        {
            if (behind && PatternShape.MaxWidth(body) is null) throw Fault("Look-behind group does not have an obvious maximum length");
            return new Look(body, behind, isNegated);
        };
    }

    int NamedGroup()
    {
        var end = source.IndexOf('>', at);
        var name = end < 0 ? "" : source[(at + 3)..end];
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit)) throw Fault("capturing group name does not start with a Latin letter");
        var number = ++groups;
        if (!groupNames.TryAdd(name, number)) throw Fault($"Named capturing group <{name}> is already defined");
        at = end + 1;
        return number;
    }

    void Flags()
    {
        var on = true;
        while (HasMore && Current is not (':' or ')'))
        {
            switch (source[at++])
            {
                case '-': on = false; break;
                case 'i': ignoreCase = on; break;
                case 'm': multiline = on; break;
                case 's': dotAll = on; break;
                default: throw Fault("Unknown inline modifier");
            }
        }

        if (!HasMore) throw Fault("Unclosed group");
        if (Current == ')') return;
    }

    (int Least, int? Most)? Quantifier()
    {
        switch (Current)
        {
            case '*':
                at++;
                return (0, null);
            case '+':
                at++;
                return (1, null);
            case '?':
                at++;
                return (0, 1);
            case '{':
                at++;
                var least = Number() ?? throw Fault("Illegal repetition");
                int? most = least;
                if (HasMore && Current == ',')
                {
                    at++;
                    most = Number();
                }

                if (!HasMore || Current != '}') throw Fault("Unclosed counted closure");
                at++;
                return (least, most);
            default: return null;
        }
    }

    int? Number()
    {
        var start = at;
        while (HasMore && char.IsAsciiDigit(Current)) at++;
        return at == start ? null : int.TryParse(source.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    CharSet Cased(CharSet set) => ignoreCase ? set.WithBothCases(asciiOnly: true) : set;

    int CodePoint()
    {
        var c = source[at++];
        return char.IsHighSurrogate(c) && HasMore && char.IsLowSurrogate(Current) ? char.ConvertToUtf32(c, source[at++]) : c;
    }

    PatternNode Escape()
    {
        if (at + 1 >= source.Length) throw Fault("Unexpected internal error");
        var c = source[at + 1];
        switch (c)
        {
            case 'b' or 'B': return AssertAt(c == 'b' ? Assertion.WordBoundary : Assertion.NoWordBoundary);
            case 'A': return AssertAt(Assertion.Start);
            case 'z': return AssertAt(Assertion.End);
            case 'Z': return AssertAt(Assertion.LastLineEnd);
            case 'R':
                at += 2;
                return new Choice([new Sequence([new Set(CharSet.Of('\r')), new Set(CharSet.Of('\n'))]), new Set(JavaClasses.LineBreaks)]);
            case 'k': return NamedReference();
            case >= '1' and <= '9': return Reference();
            default: return new Set(Cased(ClassEscape() ?? CharSet.Of(EscapedPoint())));
        }
    }

    Assert AssertAt(Assertion kind)
    {
        at += 2;
        return new Assert(kind);
    }

    // As many digits as name a group that there is; the first counts in any case.
    Backreference Reference()
    {
        at++;
        var number = source[at++] - '0';
        while (HasMore && char.IsAsciiDigit(Current) && (number * 10) + Current - '0' <= groupCount) number = (number * 10) + source[at++] - '0';
        return number <= groupCount ? new Backreference(number, ignoreCase) : throw Fault("There is no group of this number");
    }

    Backreference NamedReference()
    {
        var end = source.IndexOf('>', at);
        if (at + 2 >= source.Length || source[at + 2] != '<' || end < 0 || !groupNames.TryGetValue(source[(at + 3)..end], out var number)) throw Fault("\\k is not followed by '<' for named capturing group");
        at = end + 1;
        return new Backreference(number, ignoreCase);
    }

    CharSet? ClassEscape()
    {
        var letter = source[at + 1];
        if (letter is 'p' or 'P')
        {
            at += 2;
            var name = PropertyName();
            var set = JavaClasses.Property(name) ?? throw Fault($"Unknown character property name {{{name}}}");
            return letter == 'p' ? set : set.Negate();
        }

        if (JavaClasses.Predefined(letter) is not { } predefined) return null;
        at += 2;
        return predefined;
    }

    string PropertyName()
    {
        if (!HasMore) throw Fault("Unknown character property");
        if (Current != '{') return source[at++].ToString();
        var end = source.IndexOf('}', at);
        if (end < 0) throw Fault("Unclosed character family");
        var name = source[(at + 1)..end];
        at = end + 1;
        return name;
    }

    int EscapedPoint()
    {
        var letter = source[at + 1];
        at += 2;
        switch (letter)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'r': return '\r';
            case 'f': return '\f';
            case 'a': return '\a';
            case 'e': return '\e';
            case '0': return Octal();
            case 'x' when HasMore && Current == '{':
                var end = source.IndexOf('}', at);
                if (end < 0 || !int.TryParse(source.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point > 0x10FFFF) throw Fault("Illegal hexadecimal escape sequence");
                at = end + 1;
                return point;
            case 'x': return Hex(2);
            case 'u':
                var unit = Hex(4);
                if (!char.IsHighSurrogate((char)unit) || !Starts("\\u")) return unit;
                at += 2;
                var low = Hex(4);
                return char.IsLowSurrogate((char)low) ? char.ConvertToUtf32((char)unit, (char)low) : throw Fault("Illegal Unicode escape sequence");
            case 'c' when HasMore: return source[at++] ^ 64;
            default:
                if (char.IsAsciiLetter(letter)) throw Fault("Illegal/unsupported escape sequence");
                at--;
                return CodePoint();
        }
    }

    int Hex(int count)
    {
        if (at + count > source.Length || !ushort.TryParse(source.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) throw Fault("Illegal hexadecimal escape sequence");
        at += count;
        return unit;
    }

    int Octal()
    {
        var value = 0;
        var digits = 0;
        for (; digits < 3 && HasMore && Current is >= '0' and <= '7' && (value * 8) + Current - '0' <= 0xFF; digits++) value = (value * 8) + source[at++] - '0';
        return digits > 0 ? value : throw Fault("Illegal octal escape sequence");
    }

    CharSet Class()
    {
        if (++nests > DeepestNest) throw Fault($"Classes nest deeper than {DeepestNest}");
        var start = at++;
        var isNegated = HasMore && Current == '^';
        if (isNegated) at++;
        CharSet? left = null;
        var set = CharSet.None;
        var isEmpty = true;
        while (HasMore && (Current != ']' || isEmpty))
        {
            isEmpty = false;
            if (Starts("&&"))
            {
                while (Starts("&&")) at += 2;
                left = left is null ? set : left.Intersect(set);
                set = CharSet.None;
                continue;
            }

            set = set.Union(Current == '[' ? Class() : Cased(Member()));
        }

        if (!HasMore) throw new PatternException("Unclosed character class", start);
        at++;
        nests--;
        if (left is not null) set = left.Intersect(set);
        return isNegated ? set.Negate() : set;
    }

    CharSet Member()
    {
        if (Current == '\\' && at + 1 < source.Length && ClassEscape() is { } set) return set;
        var low = Point();
        if (at + 1 >= source.Length || Current != '-' || source[at + 1] is ']' or '[') return CharSet.Of(low);
        at++;
        var high = Point();
        return low <= high ? CharSet.Ranges(low, high) : throw Fault("Illegal character range");
    }

    int Point()
    {
        if (Current != '\\') return CodePoint();
        return at + 1 < source.Length ? EscapedPoint() : throw Fault("Unclosed character class");
    }

    bool Starts(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    PatternException Fault(string message) => new(message, at);

    static int CountGroups(string source)
    {
        var count = 0;
        var classes = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\')
            {
                if (i + 1 < source.Length && source[i + 1] == 'Q') i = source.IndexOf("\\E", i, StringComparison.Ordinal) is var end and >= 0 ? end : source.Length;
                i++;
            }
            else if (c == '[') classes++;
            else if (c == ']' && classes > 0) classes--;
            else if (c == '(' && classes == 0 && (i + 1 >= source.Length || source[i + 1] != '?' || (i + 3 < source.Length && source[i + 2] == '<' && source[i + 3] is not ('=' or '!')))) count++;
        }

        return count;
    }
}
