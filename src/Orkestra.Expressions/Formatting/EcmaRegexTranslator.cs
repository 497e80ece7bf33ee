using System.Globalization;
using System.Text;

namespace Orkestra.Expressions.Formatting;

/// <summary>
/// Rewrites a pattern of ECMA-262 token by token for .NET. Everything whose meaning differs is written out: classes as ranges of code units, the
/// dot and anchors by ECMAScript's four line ends, word boundaries by ASCII word characters, backreferences that match nothing before their group does.
/// </summary>
internal sealed class EcmaRegexTranslator
{
    const int LongestPattern = 20_000;
    const int DeepestNest = 200;
    const int LargestRepeat = 100_000;
    // Atoms of a pattern when its counted repetitions are written out.
    const double LargestSize = 1_000_000;
    const double LargestAutomaton = 20_000;
    const int ManyChoices = 8;

    const string LineEnds = @"\n\r\u2028\u2029";
    const string Word = "a-zA-Z0-9_";

    readonly string source;
    readonly bool multiline;
    readonly int groupCount;
    readonly Dictionary<string, int> groupNames;
    readonly StringBuilder output = new();
    readonly Stack<Nest> nests = new();
    int at;
    int groups;
    bool quantifiable;
    bool lookaround;
    double size;
    double atomSize;
    int atomChoices;
    int choices;
    int unboundedRepeats;
    bool repeatsNest;

    internal EcmaRegexTranslator(string source, bool multiline)
    {
        this.source = source;
        this.multiline = multiline;
        if (source.Length > LongestPattern) throw new EcmaRegexException($"The pattern is longer than {LongestPattern} characters", LongestPattern);
        (groupCount, groupNames) = CountGroups(source);
    }

    char Current => source[at];

    bool MayBacktrackMuch => unboundedRepeats > 1 || repeatsNest || choices > ManyChoices;

    internal EcmaRegexTranslation Translate()
    {
        while (at < source.Length) Token();
        if (nests.Count > 0) throw Fault("A group is not closed");
        return new EcmaRegexTranslation(output.ToString(), groupCount, groupNames, lookaround || size > LargestAutomaton, MayBacktrackMuch);
    }

    void Token()
    {
        switch (Current)
        {
            case '(': OpenGroup(); break;
            case ')': CloseGroup(); break;
            case '|':
                at++;
                output.Append('|');
                choices++;
                quantifiable = false;
                break;
            case '^': Assertion(1, multiline ? $"(?<![^{LineEnds}])" : @"\A", multiline); break;
            case '$': Assertion(1, multiline ? $"(?![^{LineEnds}])" : @"\z", multiline); break;
            case '.': Atom(1, $"[^{LineEnds}]"); break;
            case '[': CharacterClass(); break;
            case '\\': Escape(); break;
            case '*' or '+' or '?': Quantifier(1, 0, Current == '?' ? 1 : null); break;
            case '{' when TryCounts(out var length, out var least, out var most): Quantifier(length, least, most); break;
            default: Atom(1, EcmaRegexClass.Literal(Current)); break;
        }
    }

    void Atom(int length, string translated)
    {
        at += length;
        output.Append(translated);
        EndAtom();
    }

    void EndAtom()
    {
        quantifiable = true;
        atomChoices = choices;
        atomSize = 1;
        size++;
    }

    void Assertion(int length, string translated, bool needsLookaround)
    {
        at += length;
        output.Append(translated);
        lookaround |= needsLookaround;
        quantifiable = false;
    }

    void OpenGroup()
    {
        if (nests.Count >= DeepestNest) throw Fault($"Groups nest deeper than {DeepestNest}");
        var isLookbehind = Starts("(?<=") || Starts("(?<!");
        if (Starts("(?:")) Open(3, "(?:");
        else if (Starts("(?=") || Starts("(?!")) Open(3, source.Substring(at, 3), assertion: true);
        else if (isLookbehind) Open(4, source.Substring(at, 4), assertion: true);
        else if (Starts("(?<")) Open(GroupName(source, at).End + 1 - at, "(", captures: true);
        else if (Starts("(?")) throw Fault("This kind of group is unknown");
        else Open(1, "(", captures: true);
        nests.Push(new Nest(size, choices, isLookbehind));
        size = 0;
        quantifiable = false;
    }

    void Open(int length, string translated, bool assertion = false, bool captures = false)
    {
        at += length;
        output.Append(translated);
        lookaround |= assertion;
        if (captures) groups++;
    }

    void CloseGroup()
    {
        if (!nests.TryPop(out var nest)) throw Fault("A bracket is not opened");
        at++;
        output.Append(')');
        atomSize = Math.Max(1, size);
        atomChoices = nest.Choices;
        size = nest.Size + atomSize;
        // A lookbehind cannot be repeated; a lookahead can, by annex B.
        quantifiable = !nest.IsLookbehind;
    }

    void Quantifier(int length, int least, int? most)
    {
        if (!quantifiable) throw Fault("Nothing to repeat");
        if (least > most) throw Fault("The numbers of a repetition are out of order");
        var text = source.Substring(at, length);
        at += length;
        var lazy = at < source.Length && Current == '?';
        if (lazy) at++;
        output.Append(text).Append(lazy ? "?" : "");
        var largest = Math.Max(least, most ?? least + 1);
        if (largest > LargestRepeat) throw Fault("The repetitions are too large");
        size += atomSize * Math.Max(0, largest - 1);
        if (size > LargestSize) throw Fault("The repetitions are too large");
        repeatsNest |= (most is null || most > 1) && choices > atomChoices;
        if (most is null) unboundedRepeats++;
        if (most != least) choices++;
        quantifiable = false;
    }

    bool TryCounts(out int length, out int least, out int? most)
    {
        (length, least, most) = (0, 0, null);
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

    void CharacterClass()
    {
        output.Append(EcmaRegexClass.Translate(source, ref at));
        EndAtom();
    }

    void Escape()
    {
        if (at + 1 >= source.Length) throw Fault("The pattern ends in a backslash");
        var c = source[at + 1];
        switch (c)
        {
            case 'b': Assertion(2, $"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))", needsLookaround: true); break;
            case 'B': Assertion(2, $"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))", needsLookaround: true); break;
            case 'k' when groupNames.Count > 0: NamedReference(); break;
            case >= '1' and <= '9' when Reference(): break;
            default:
                var end = at;
                var set = EcmaRegexClass.Set(c);
                if (set is not null) Atom(2, $"[{set}]");
                else
                {
                    var unit = EcmaRegexClass.EscapedUnit(source, ref end);
                    Atom(end - at, EcmaRegexClass.Literal(unit));
                }

                break;
        }
    }

    bool Reference()
    {
        var end = at + 1;
        Number(ref end, out var number);
        if (number > groupCount) return false;
        Backreference(end - at, number);
        return true;
    }

    void NamedReference()
    {
        if (at + 2 >= source.Length || source[at + 2] != '<') throw Fault("A group name must follow");
        var end = source.IndexOf('>', at);
        if (end < 0 || !groupNames.TryGetValue(source[(at + 3)..end], out var number)) throw Fault("There is no group of this name");
        Backreference(end + 1 - at, number);
    }

    void Backreference(int length, int number)
    {
        lookaround = true;
        var name = number.ToString(CultureInfo.InvariantCulture);
        Atom(length, $@"(?({name})\k<{name}>|)");
    }

    bool Starts(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

    EcmaRegexException Fault(string message) => new(message, at);

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
                {
                    throw new EcmaRegexException("Two groups have the same name", i);
                }
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
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$')) throw new EcmaRegexException("A group name is wrong", at);
        return (name, end);
    }

    readonly record struct Nest(double Size, int Choices, bool IsLookbehind);
}
