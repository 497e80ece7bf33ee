using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A regular expression as the matcher function it is in JSONata.</summary>
internal sealed class RegexFunction(PatternProgram regex, int position) : FunctionValue
{
    static readonly JsonShape MatchShape = JsonShape.Wrap(["match", "start", "end", "groups", "next"]);

    internal override int Arity => 2;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        if (arguments.Length == 0 || arguments[0] is not JsonString text) return null;
        var from = arguments.Length > 1 && arguments[1] is JsonNumber start ? (int)Math.Clamp(start.Value, 0, int.MaxValue) : 0;
        return Find(run, text.Value, from) is { } match ? Describe(run, text.Value, match) : null;
    }

    /// <summary>Whether there is a match at all.</summary>
    internal bool IsMatch(Run run, string text)
    {
        run.Step();
        return regex.IsMatch(text, run);
    }

    /// <summary>The first match from an offset on; null when there is none.</summary>
    internal PatternMatch? Find(Run run, string text, int from)
    {
        run.Step();
        return from > text.Length ? null : regex.Find(text, from, run);
    }

    /// <summary>The match after another; an empty one would be found for ever, which is error D1004.</summary>
    internal PatternMatch? FindNext(Run run, string text, PatternMatch match)
    {
        if (run.Dialect == JsonataDialect.StepFunctions) return Find(run, text, match.Length > 0 ? match.End : match.End + 1);
        if (match.End >= text.Length) return null;
        var next = Find(run, text, match.End);
        if (next is { Length: 0 }) throw new JsonataException("D1004", position, value: regex.Source);
        return next;
    }

    /// <summary>The captured groups; one that took no part is undefined.</summary>
    internal JsonValue Groups(Run run, PatternMatch match)
    {
        if (regex.GroupCount == 0) return JsonArray.Empty;
        run.Step(regex.GroupCount);
        run.Charge(40 + (regex.GroupCount * 8));
        var groups = new JsonValue?[regex.GroupCount];
        for (var i = 0; i < groups.Length; i++) groups[i] = match.Group(i + 1) is { } group ? Text(run, group) : null;
        return ValueOps.MakeArray(groups, groups.Length);
    }

    internal static JsonString Text(Run run, string text)
    {
        run.ChargeText(text.Length);
        return JsonString.Create(text);
    }

    /// <summary>The object JSONata makes of a match.</summary>
    internal JsonObject Describe(Run run, string text, PatternMatch match)
    {
        run.Charge(200);
        return ValueOps.MakeObject(
            MatchShape,
            [Text(run, match.Value), JsonNumber.Create(match.Index), JsonNumber.Create(match.End), Groups(run, match), new NextMatch(this, text, match)]);
    }

    /// <summary>The function <c>next</c> of a match.</summary>
    sealed class NextMatch(RegexFunction owner, string text, PatternMatch match) : FunctionValue
    {
        internal override int Arity => 0;

        internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context) =>
            owner.FindNext(run, text, match) is { } next ? owner.Describe(run, text, next) : null;
    }
}
