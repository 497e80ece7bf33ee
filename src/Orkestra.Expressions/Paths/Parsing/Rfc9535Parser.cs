namespace Orkestra.Expressions.Paths.Parsing;

/// <summary>Reads paths of RFC 9535, strictly by its grammar.</summary>
internal sealed class Rfc9535Parser
{
    readonly PathText text;
    readonly Rfc9535FilterParser filters;

    Rfc9535Parser(PathText text)
    {
        this.text = text;
        filters = new Rfc9535FilterParser(text, this);
    }

    /// <exception cref="JsonPathSyntaxException">The text is not a path.</exception>
    internal static PathQuery Parse(string path, JsonPathOptions options)
    {
        var text = new PathText(path, options);
        text.Expect('$');
        var query = new PathQuery(new Rfc9535Parser(text).Segments());
        if (!text.AtEnd) throw text.Fault("Unexpected text behind the path");
        return query;
    }

    /// <summary>Segments, as many as there are. White space in front of a segment belongs to it, so none is taken behind the last one.</summary>
    internal PathSegment[] Segments()
    {
        var segments = new List<PathSegment>();
        while (true)
        {
            var start = text.At;
            text.SkipBlanks();
            if (text.Take("..")) segments.Add(new PathSegment(text.Current == '[' ? Bracketed() : [Shorthand()], descendant: true));
            else if (text.Take('.')) segments.Add(new PathSegment([Shorthand()], descendant: false));
            else if (text.Current == '[') segments.Add(new PathSegment(Bracketed(), descendant: false));
            else
            {
                text.At = start;
                return [.. segments];
            }
        }
    }

    PathSelector Shorthand()
    {
        if (text.Take('*')) return WildcardSelector.Instance;
        var start = text.At;
        if (!IsNameFirst(text.Current) || text.AtEnd) throw text.Fault("Expected a member name");
        while (!text.AtEnd && (IsNameFirst(text.Current) || char.IsAsciiDigit(text.Current))) text.At++;
        return new FieldSelector(text.Slice(start));
    }

    PathSelector[] Bracketed()
    {
        text.Enter();
        text.Expect('[');
        var selectors = new List<PathSelector>();
        do
        {
            text.SkipBlanks();
            selectors.Add(Selector());
            text.SkipBlanks();
        }
        while (text.Take(','));
        text.Expect(']');
        text.Leave();
        return [.. selectors];
    }

    PathSelector Selector()
    {
        switch (text.Current)
        {
            case '\'' or '"': return new FieldSelector(text.TakeString(lenient: false));
            case '*':
                text.At++;
                return WildcardSelector.Instance;
            case '?':
                text.At++;
                text.SkipBlanks();
                return new FilterSelector(filters.Condition(), objectItself: false);
            default: return IndexOrSlice();
        }
    }

    PathSelector IndexOrSlice()
    {
        var start = text.TakeInteger();
        var afterStart = text.At;
        text.SkipBlanks();
        if (!text.Take(':'))
        {
            text.At = afterStart;
            return start is { } index ? new IndexSelector(index) : throw text.Fault("Expected a selector");
        }

        text.SkipBlanks();
        var end = text.TakeInteger();
        text.SkipBlanks();
        if (!text.Take(':')) return new SliceSelector(start, end, 1);
        text.SkipBlanks();
        return new SliceSelector(start, end, text.TakeInteger() ?? 1);
    }

    static bool IsNameFirst(char c) => char.IsAsciiLetter(c) || c == '_' || c >= '\u0080';
}
