using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>A match and the way to the next: of a regular expression, or of a function that gives objects like one, https://docs.jsonata.org/regex.</summary>
internal sealed class Matches
{
    readonly RegexFunction? regex;
    readonly PatternMatch? match;
    readonly string text;
    readonly JsonObject? described;

    Matches(Run run, RegexFunction regex, PatternMatch match, string text)
    {
        this.regex = regex;
        this.match = match;
        this.text = text;
        Text = RegexFunction.Text(run, match.Value);
        Start = JsonNumber.Create(match.Index);
        Groups = regex.Groups(run, match);
    }

    Matches(JsonObject described, string text)
    {
        this.described = described;
        this.text = text;
        Text = described["match"];
        Start = described["start"];
        Groups = described["groups"];
    }

    internal JsonValue? Text { get; }

    internal JsonValue? Start { get; }

    internal JsonValue? Groups { get; }

    internal string TextOrEmpty => Text is JsonString value ? value.Value : "";

    internal int From => Start is JsonNumber number ? (int)Math.Clamp(number.Value, 0, text.Length) : 0;

    internal int To => match is not null ? match.End : described!["end"] is JsonNumber number ? (int)Math.Clamp(number.Value, 0, text.Length) : 0;

    internal int Length => TextOrEmpty.Length;

    internal int GroupCount => ValueOps.Items(Groups).Length;

    internal static Matches? First(Run run, FunctionValue matcher, string text)
    {
        if (matcher is RegexFunction regex) return regex.Find(run, text, 0) is { } match ? new Matches(run, regex, match, text) : null;
        return Check(ValueOps.Unwrap(matcher.Invoke(run, [JsonString.Create(text)], JsonNull.Instance)), text);
    }

    internal Matches? Next(Run run)
    {
        run.Step();
        if (regex is not null) return regex.FindNext(run, text, match!) is { } found ? new Matches(run, regex, found, text) : null;
        return described!["next"] is FunctionValue next ? Check(ValueOps.Unwrap(next.Invoke(run, [], JsonNull.Instance)), text) : throw new JsonataException("T1006");
    }

    /// <summary>The text of a group, numbered from 1; empty when it took no part.</summary>
    internal string Group(int number) => ValueOps.Items(Groups)[number - 1] is JsonString value ? value.Value : "";

    /// <summary>The object a replacement function gets.</summary>
    internal JsonValue Describe(Run run) => described ?? regex!.Describe(run, text, match!);

    static Matches? Check(JsonValue? result, string text)
    {
        if (!ValueOps.IsTruthy(result)) return null;
        var valid = result is JsonObject members && (members["start"] is JsonNumber || ValueOps.IsArray(members["groups"]) || members["next"] is FunctionValue);
        return valid ? new Matches((JsonObject)result!, text) : throw new JsonataException("T1010");
    }
}
