using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary><c>match()</c> and <c>search()</c> of RFC 9535 sections 2.4.6 and 2.4.7: a string and an I-Regexp; anything else does not match.</summary>
internal sealed class RegexCondition : FilterCondition
{
    readonly FilterValue text;
    readonly FilterValue pattern;
    readonly bool whole;
    // A pattern from the data is mostly the same for all nodes of one evaluation, so the last one is kept.
    Prepared? last;

    internal RegexCondition(FilterValue text, FilterValue pattern, bool whole)
    {
        this.text = text;
        this.pattern = pattern;
        this.whole = whole;
        if (pattern is LiteralValue { Value: JsonString literal }) last = new Prepared(literal.Value, IRegexp.Compile(literal.Value, whole));
    }

    internal override bool Test(in FilterScope scope)
    {
        if (text.Evaluate(scope) is not JsonString subject || pattern.Evaluate(scope) is not JsonString source) return false;
        var known = last;
        if (known is null || known.Source != source.Value) last = known = new Prepared(source.Value, IRegexp.Compile(source.Value, whole));
        // A match takes time linear in the text.
        scope.Walk.Visit(1 + (subject.Value.Length >> 2));
        return known.Regex?.IsMatch(subject.Value) ?? false;
    }

    sealed record Prepared(string Source, Regex? Regex);
}
