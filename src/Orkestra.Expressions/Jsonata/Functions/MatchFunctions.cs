using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>The string functions that take a regular expression, or a function that works like one.</summary>
internal static class MatchFunctions
{
    static readonly JsonShape MatchShape = JsonShape.Wrap(["match", "index", "groups"]);

    internal static NativeFunction[] All =>
    [
        new("match", "<s-f<s:o>n?:a<o>>", 3, Match),
        new("contains", "<s-(sf):b>", 2, Contains),
        new("replace", "<s-(sf)(sf)n?:s>", 4, Replace),
        new("split", "<s-(sf)n?:a<s>>", 3, Split),
    ];

    static JsonBoolean? Contains(Run run, ReadOnlySpan<JsonValue?> args)
    {
        if (args[0] is not JsonString text || args[1] is null) return null;
        if (args[1] is JsonString sought) return JsonBoolean.Create(TextSearch.IndexOf(run, text.Value, sought.Value) >= 0);
        if (args[1] is RegexFunction regex) return JsonBoolean.Create(regex.IsMatch(run, text.Value));
        return JsonBoolean.Create(Matches.First(run, (FunctionValue)args[1]!, text.Value) is not null);
    }

    static Sequence? Match(Run run, ReadOnlySpan<JsonValue?> args)
    {
        if (args[0] is not JsonString text) return null;
        var limit = Limit(run, args[2], "D3040");
        var start = run.Top;
        var count = 0;
        for (var match = limit > 0 && args[1] is FunctionValue matcher ? Matches.First(run, matcher, text.Value) : null; match is not null && count < limit; match = match.Next(run))
        {
            run.Charge(100);
            run.Push(ValueOps.MakeObject(MatchShape, [match.Text ?? JsonNull.Instance, match.Start ?? JsonNull.Instance, match.Groups ?? JsonArray.Empty]));
            count++;
        }

        return run.PopSequence(start);
    }

    static JsonValue? Split(Run run, ReadOnlySpan<JsonValue?> args)
    {
        if (args[0] is not JsonString { Value: var text }) return null;
        var limit = Limit(run, args[2], "D3020");
        var start = run.Top;
        if (args[1] is not FunctionValue matcher) return SplitText(run, text, args[1] is JsonString separator ? separator.Value : null, limit);
        var from = 0;
        var count = 0;
        for (var match = limit > 0 ? Matches.First(run, matcher, text) : null; match is not null && count < limit; match = match.Next(run))
        {
            run.Push(RegexFunction.Text(run, Between(text, from, match.From)));
            from = match.To;
            count++;
        }

        if (count < limit) run.Push(RegexFunction.Text(run, Between(text, from, text.Length)));
        var items = run.Pop(start);
        return ValueOps.MakeArray(items, items.Length);
    }

    static JsonArray SplitText(Run run, string text, string? separator, double limit)
    {
        var most = (int)Math.Clamp(Math.Floor(limit), 0, int.MaxValue);
        if (most == 0) return JsonArray.Empty;
        if (separator is null) return JsonArray.Create([JsonString.Create(text)]);
        var start = run.Top;
        if (separator.Length == 0)
        {
            foreach (var c in text.AsSpan(0, Math.Min(most, text.Length))) Add(c.ToString());
        }
        else
        {
            var from = 0;
            for (var found = 0; found < most && from >= 0; found++)
            {
                var at = TextSearch.IndexOf(run, text, separator, from);
                Add(text[from..(at < 0 ? text.Length : at)]);
                from = at < 0 ? -1 : at + separator.Length;
            }
        }

        return JsonArray.Wrap(run.Pop(start)!);

        void Add(string part)
        {
            run.Step();
            run.Push(RegexFunction.Text(run, part));
        }
    }

    static JsonString? Replace(Run run, ReadOnlySpan<JsonValue?> args)
    {
        if (args[0] is not JsonString { Value: var text } value) return null;
        if (args[1] is JsonString { Value.Length: 0 })
            throw run.Dialect == JsonataDialect.StepFunctions ? new JsonataException("U1012", "Second argument of replace function cannot be an empty string") : new JsonataException("D3010", value: args[1]) { Index = 2 };
        var limit = Limit(run, args[3], "D3011");
        if (!(limit > 0)) return value;
        var result = new StringBuilder();
        var from = 0;
        var count = 0;
        if (args[1] is not FunctionValue matcher)
        {
            var sought = args[1] is JsonString pattern ? pattern.Value : "undefined";
            var instead = args[2] switch
            {
                JsonString given => given.Value,
                null => "undefined",
                _ => "",
            };
            for (var at = TextSearch.IndexOf(run, text, sought); at >= 0 && count < limit; at = TextSearch.IndexOf(run, text, sought, from))
            {
                run.Step();
                run.CheckText(result.Length + (long)instead.Length);
                result.Append(text, from, at - from).Append(instead);
                from = at + sought.Length;
                count++;
            }

            return Rest(run, result, text, from);
        }

        for (var match = Matches.First(run, matcher, text); match is not null && count < limit; match = match.Next(run))
        {
            run.CheckText(result.Length + (long)text.Length);
            result.Append(Between(text, from, match.From));
            var with = args[2] switch
            {
                JsonString replacement => Substitute(run, replacement.Value, match),
                FunctionValue function => ValueOps.Unwrap(function.Invoke(run, [match.Describe(run)], JsonNull.Instance)) is var made && made is JsonString given
                    ? given.Value : throw new JsonataException("D3012", value: ValueOps.ForError(made)),
                var other => throw new JsonataException("D3012", value: ValueOps.ForError(other)),
            };
            run.CheckText(result.Length + (long)with.Length);
            result.Append(with);
            from = match.From + match.Length;
            count++;
        }

        return Rest(run, result, text, from);
    }

    static JsonString Rest(Run run, StringBuilder result, string text, int from)
    {
        run.CheckText(result.Length + (long)text.Length);
        result.Append(Between(text, from, text.Length));
        run.StepText(result.Length);
        run.ChargeText(result.Length);
        return JsonString.Create(result.ToString());
    }

    static string Between(string text, int from, int to)
    {
        from = Math.Clamp(from, 0, text.Length);
        to = Math.Clamp(to, 0, text.Length);
        // As String.prototype.substring, which swaps its ends.
        return from <= to ? text[from..to] : text[to..from];
    }

    static double Limit(Run run, JsonValue? limit, string code)
    {
        if (limit is not JsonNumber number) return double.PositiveInfinity;
        if (number.Value < 0) throw new JsonataException(code, value: limit) { Index = code == "D3011" ? 4 : 3 };
        return run.Dialect == JsonataDialect.StepFunctions ? Math.Floor(number.Value) : number.Value;
    }

    // $0 is the match, $n a group, $$ a dollar. As many digits are read as a group's number can have.
    static string Substitute(Run run, string replacement, Matches match)
    {
        run.StepText(replacement.Length * 4);
        var result = new StringBuilder();
        var at = 0;
        for (var dollar = replacement.IndexOf('$', StringComparison.Ordinal); dollar >= 0; dollar = at < replacement.Length ? replacement.IndexOf('$', at) : -1)
        {
            run.Step();
            run.CheckText(result.Length + (long)replacement.Length + match.TextOrEmpty.Length);
            result.Append(replacement, at, dollar - at);
            at = dollar + 1;
            var next = at < replacement.Length ? replacement[at] : '\0';
            if (next is '$' or '0')
            {
                result.Append(next == '$' ? "$" : match.TextOrEmpty);
                at++;
            }
            else if (GroupNumber(replacement, at, match.GroupCount) is { } number)
            {
                if (number <= match.GroupCount) result.Append(match.Group(number));
                at += number.ToString(CultureInfo.InvariantCulture).Length;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.Append(replacement, at, replacement.Length - at).ToString();
    }

    static int? GroupNumber(string replacement, int at, int groups)
    {
        var digits = groups == 0 ? 1 : (int)Math.Floor(Math.Log10(groups)) + 1;
        var number = Leading(replacement, at, digits);
        return digits > 1 && number > groups ? Leading(replacement, at, digits - 1) : number;
    }

    static int? Leading(string text, int at, int digits)
    {
        var end = at;
        while (end < text.Length && end - at < digits && char.IsAsciiDigit(text[end])) end++;
        return end == at ? null : int.Parse(text.AsSpan(at, end - at), CultureInfo.InvariantCulture);
    }
}
