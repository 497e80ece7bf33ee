using System.Text;
using System.Text.RegularExpressions;

namespace Orkestra.Expressions.Paths.Parsing;

/// <summary>Reads paths of AWS Step Functions, which follow Jayway's grammar: lenient about names, blanks and a dot in front of a bracket.</summary>
internal sealed class StepFunctionsParser
{
    static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "length", "size", "keys", "sum", "min", "max", "avg", "stddev", "concat", "append", "first", "last", "index",
    };

    readonly PathText text;
    readonly StepFunctionsFilterParser filters;

    StepFunctionsParser(PathText text)
    {
        this.text = text;
        filters = new StepFunctionsFilterParser(text, this);
    }

    /// <exception cref="JsonPathSyntaxException">The text is not a path.</exception>
    internal static (JsonPathRoot Root, string? Variable, PathQuery Query) Parse(string path, JsonPathOptions options)
    {
        var text = new PathText(path.TrimEnd(), options);
        text.Expect('$');
        var parser = new StepFunctionsParser(text);
        var root = text.Take('$') ? JsonPathRoot.Context : JsonPathRoot.Data;
        var variable = root == JsonPathRoot.Data ? parser.VariableName() : null;
        if (variable is not null) root = JsonPathRoot.Variable;
        var query = new PathQuery(parser.Segments(inFilter: false));
        if (!text.AtEnd) throw text.Fault("Unexpected text behind the path");
        return (root, variable, query);
    }

    internal PathSegment[] Segments(bool inFilter)
    {
        var segments = new List<PathSegment>();
        while (!text.AtEnd)
        {
            var descendant = text.Take("..");
            var dotted = descendant || text.Take('.');
            if (text.Current == '[') segments.Add(new PathSegment(Bracketed(), descendant));
            else if (dotted) segments.Add(new PathSegment([Dotted(inFilter)], descendant));
            else break;
        }

        return [.. Merge(segments)];
    }

    /// <summary>Several names at the end of a path give one object of them; before the end they give each member.</summary>
    static List<PathSegment> Merge(List<PathSegment> segments)
    {
        if (segments is [.., { IsDescendant: false } last] && last.Selectors.Count > 1 && last.Selectors.All(selector => selector is FieldSelector))
        {
            segments[^1] = new PathSegment([new MergeSelector([.. last.Selectors.Select(selector => ((FieldSelector)selector).Name)])], descendant: false);
        }

        return segments;
    }

    string? VariableName()
    {
        var start = text.At;
        if (!char.IsLetter(text.Current) && text.Current != '_') return null;
        while (!text.AtEnd && (char.IsLetterOrDigit(text.Current) || text.Current == '_')) text.At++;
        return text.Slice(start);
    }

    PathSelector Dotted(bool inFilter)
    {
        if (text.Take('*')) return WildcardSelector.Instance;
        var start = text.At;
        var name = new StringBuilder();
        while (!text.AtEnd && !EndsName(text.Current, inFilter))
        {
            var c = text.Current;
            text.At++;
            if (c != '\\') name.Append(c);
            else name.Append(Escaped());
        }

        if (name.Length == 0) throw text.Fault("Expected a member name", start);
        if (text.Current != '(') return new FieldSelector(name.ToString());
        return Function(name.ToString(), start);
    }

    static bool EndsName(char c, bool inFilter) =>
        c is '.' or '[' or '(' || char.IsWhiteSpace(c) || (inFilter && c is ')' or ']' or '=' or '!' or '<' or '>' or '&' or '|' or ',' or '~');

    char Escaped()
    {
        if (text.AtEnd) throw text.Fault("The path ends in a backslash");
        if (text.Take('u'))
        {
            if (text.TakeHex() is { } unit) return unit;
            return 'u';
        }

        var c = text.Current;
        text.At++;
        return c;
    }

    FunctionSelector Function(string name, int start)
    {
        if (!Functions.Contains(name)) throw text.Fault($"There is no function {name}", start);
        text.Expect('(');
        var depth = 1;
        for (; depth > 0; text.At++)
        {
            if (text.AtEnd) throw text.Fault("A bracket is not closed", start);
            if (text.Current == '(') depth++;
            else if (text.Current == ')') depth--;
        }

        return new FunctionSelector(name);
    }

    PathSelector[] Bracketed()
    {
        text.Enter();
        text.Expect('[');
        text.SkipBlanks();
        var selectors = new List<PathSelector>();
        if (text.Take('*')) selectors.Add(WildcardSelector.Instance);
        else if (text.Take('?')) selectors.Add(Filter());
        else if (text.Current == '(') selectors.Add(Script());
        else if (text.Current is '\'' or '"') Names(selectors);
        else Indexes(selectors);
        text.SkipBlanks();
        text.Expect(']');
        text.Leave();
        return [.. selectors];
    }

    void Names(List<PathSelector> selectors)
    {
        do
        {
            text.SkipBlanks();
            if (text.Current is not ('\'' or '"')) throw text.Fault("Expected a name in quotes");
            selectors.Add(new FieldSelector(text.TakeName()));
            text.SkipBlanks();
        }
        while (text.Take(','));
    }

    void Indexes(List<PathSelector> selectors)
    {
        var start = Number();
        text.SkipBlanks();
        if (text.Take(':'))
        {
            text.SkipBlanks();
            var end = Number();
            selectors.Add(new SliceSelector(start, end, 1));
            return;
        }

        selectors.Add(new IndexSelector(start ?? throw text.Fault("Expected a selector")));
        while (text.Take(','))
        {
            text.SkipBlanks();
            selectors.Add(new IndexSelector(Number() ?? throw text.Fault("Expected an index")));
            text.SkipBlanks();
        }
    }

    long? Number()
    {
        var start = text.At;
        text.Take('-');
        var digits = text.At;
        while (char.IsAsciiDigit(text.Current)) text.At++;
        if (text.At == digits)
        {
            text.At = start;
            return null;
        }

        // An index beyond all arrays is not an error: it finds nothing.
        return text.At - digits <= 18 ? long.Parse(text.Slice(start), System.Globalization.CultureInfo.InvariantCulture)
            : text.Slice(start)[0] == '-' ? -int.MaxValue : int.MaxValue;
    }

    FilterSelector Filter()
    {
        text.SkipBlanks();
        var condition = filters.Condition();
        return new FilterSelector(condition, objectItself: true);
    }

    /// <summary>Goessner's <c>(@.length-1)</c>, an index from the end; other scripts are refused.</summary>
    IndexSelector Script()
    {
        var start = text.At;
        while (!text.AtEnd && text.Current != ')') text.At++;
        text.Expect(')');
        var match = Regex.Match(text.Slice(start), @"\A\(\s*@\.length\s*-\s*([0-9]{1,9})\s*\)\z", RegexOptions.CultureInvariant);
        if (!match.Success) throw text.Fault("Scripts are not supported", start);
        return new IndexSelector(-long.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
    }
}
