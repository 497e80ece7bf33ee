using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A regular expression as the matcher function it is in JSONata.</summary>
internal sealed class RegexFunction(EcmaRegex regex, TimeSpan timeout, int position) : FunctionValue
{
    static readonly JsonShape MatchShape = new(["match", "start", "end", "groups", "next"]);

    internal override int Arity => 2;

    internal TimeSpan Timeout => timeout;

    internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        run.Step();
        if (arguments.Length == 0 || arguments[0] is not JsonString text) return null;
        var from = arguments.Length > 1 && arguments[1] is JsonNumber start ? (int)Math.Clamp(start.Value, 0, int.MaxValue) : 0;
        return Find(run, text.Value, from) is { } match ? Describe(text.Value, match) : null;
    }

    /// <summary>Whether there is a match at all.</summary>
    internal bool IsMatch(Run run, string text)
    {
        run.Step();
        try
        {
            return regex.Regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException problem)
        {
            throw TooSlow(problem);
        }
    }

    /// <summary>The first match from an offset on; null when there is none.</summary>
    internal Match? Find(Run run, string text, int from)
    {
        run.Step();
        if (from > text.Length) return null;
        try
        {
            var match = regex.Regex.Match(text, from);
            return match.Success ? match : null;
        }
        catch (RegexMatchTimeoutException problem)
        {
            throw TooSlow(problem);
        }
    }

    /// <summary>The match after another; an empty one would be found for ever, which is error D1004.</summary>
    internal Match? FindNext(Run run, string text, Match match)
    {
        var from = match.Index + match.Length;
        if (from >= text.Length) return null;
        var next = Find(run, text, from);
        if (next is { Length: 0 }) throw new JsonataException("D1004", position, value: regex.Source);
        return next;
    }

    /// <summary>The captured groups; one that took no part is undefined.</summary>
    internal JsonValue Groups(Match match)
    {
        if (regex.GroupCount == 0) return JsonArray.Empty;
        var groups = new JsonValue?[regex.GroupCount];
        for (var i = 0; i < groups.Length; i++)
        {
            var group = match.Groups[i + 1];
            groups[i] = group.Success ? JsonString.Create(group.Value) : null;
        }

        return Values.MakeArray(groups, groups.Length);
    }

    JsonataException TooSlow(RegexMatchTimeoutException problem) => new("D1012", position, value: timeout.TotalMilliseconds, inner: problem);

    /// <summary>The object JSONata makes of a match.</summary>
    internal JsonObject Describe(string text, Match match) =>
        Values.MakeObject(MatchShape,
        [
            JsonString.Create(match.Value), JsonNumber.Create(match.Index), JsonNumber.Create(match.Index + match.Length), Groups(match), new NextMatch(this, text, match),
        ]);

    /// <summary>The function <c>next</c> of a match.</summary>
    sealed class NextMatch(RegexFunction owner, string text, Match match) : FunctionValue
    {
        internal override int Arity => 0;

        internal override JsonValue? Invoke(Run run, ReadOnlySpan<JsonValue?> arguments, JsonValue? context) =>
            owner.FindNext(run, text, match) is { } next ? owner.Describe(text, next) : null;
    }
}
