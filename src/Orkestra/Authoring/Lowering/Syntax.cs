using System.Globalization;
using System.Text;

namespace Orkestra.Authoring.Lowering;

/// <summary>Writes JSONata: puts parentheses, quotes and back-quotes where they are needed and nowhere else.</summary>
internal static class Syntax
{
    public static JsonataFragment Null { get; } = new("null", Traits: Traits.MayBeNull);

    public static JsonataFragment EmptyArray { get; } = new("[]", Traits: Traits.Constructor);

    public static JsonataFragment Number(int value) => new(value.ToString(CultureInfo.InvariantCulture), value < 0 ? Precedence.Negation : Precedence.Atom);

    public static JsonataFragment Text(string value)
    {
        // JSONata knows no \': a text with an apostrophe is quoted with the other quote.
        var quote = value.Contains('\'', StringComparison.Ordinal) ? '"' : '\'';
        var text = new StringBuilder(value.Length + 2).Append(quote);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\t' => text.Append(@"\t"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                '"' when quote == '"' => text.Append("\\\""),
                < ' ' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return new(text.Append(quote).ToString(), Traits: Traits.Text);
    }

    /// <summary>A member of an object.</summary>
    public static JsonataFragment Member(JsonataFragment owner, string name) =>
        name.Contains('`', StringComparison.Ordinal) || name.Length == 0
            ? Call("lookup", owner, Text(name))
            : new($"{owner.At(Precedence.Path)}.{Name(name)}", Precedence.Path);

    /// <summary>An element of an array. An index that is no literal leaves a sequence that the next index must not see.</summary>
    public static JsonataFragment Index(JsonataFragment owner, JsonataFragment index, bool literal)
    {
        var bare = owner.Precedence >= Precedence.Path && !owner.Has(Traits.DynamicIndex) && !(owner.IsSequence && owner.Precedence == Precedence.Path);
        return new($"{(bare ? owner.Text : $"({owner.Text})")}[{index.Text}]", Math.Min(Precedence.Index, bare ? owner.Precedence : Precedence.Index), literal ? Traits.None : Traits.DynamicIndex);
    }

    public static JsonataFragment Index(JsonataFragment owner, int index) => Index(owner, Number(index), literal: true);

    public static JsonataFragment Call(string function, params ReadOnlySpan<JsonataFragment> arguments)
    {
        var text = new StringBuilder("$").Append(function).Append('(');
        for (var i = 0; i < arguments.Length; i++) text.Append(i == 0 ? "" : ", ").Append(arguments[i].Text);
        return new(text.Append(')').ToString());
    }

    /// <summary>The denial of a condition. Of nothing <c>$not</c> makes nothing, which would count as false once more.</summary>
    public static JsonataFragment Not(JsonataFragment value) =>
        value.Denied
        ?? (value.Has(Traits.MayBeAbsent)
            ? Not(Compare("=", value, new("true")))
            : Call("not", value) with { Denied = value.Precedence is Precedence.Comparison or Precedence.And or Precedence.Or ? value : null });

    public static JsonataFragment Exists(JsonataFragment value) => Call("exists", value);

    /// <summary>True unless the value is null or nothing is there: a comparison with nothing is false in JSONata.</summary>
    public static JsonataFragment IsNotNull(JsonataFragment value) => Compare("!=", value, Null);

    public static JsonataFragment Binary(string symbol, int power, JsonataFragment left, JsonataFragment right, bool associative = false) =>
        new($"{left.At(power)} {symbol} {right.At(associative ? power : power + 1)}", power);

    public static JsonataFragment Compare(string symbol, JsonataFragment left, JsonataFragment right) =>
        new($"{left.At(Precedence.Comparison + 1)} {symbol} {right.At(Precedence.Comparison + 1)}", Precedence.Comparison);

    public static JsonataFragment And(JsonataFragment left, JsonataFragment right) => Binary("and", Precedence.And, left, right, associative: true);

    public static JsonataFragment Or(JsonataFragment left, JsonataFragment right) => Binary("or", Precedence.Or, left, right, associative: true);

    public static JsonataFragment Conditional(JsonataFragment test, JsonataFragment then, JsonataFragment otherwise) =>
        new(
            $"{test.At(Precedence.Conditional + 1)} ? {then.At(Precedence.Conditional + 1)} : {otherwise.Text}",
            Precedence.Conditional,
            (then.Traits | otherwise.Traits) & (Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted));

    /// <summary>A conditional that gives nothing when the test fails.</summary>
    public static JsonataFragment OnlyIf(JsonataFragment test, JsonataFragment then) => new($"{test.At(Precedence.Conditional + 1)} ? {then.At(Precedence.Conditional + 1)}", Precedence.Conditional);

    public static JsonataFragment Array(params ReadOnlySpan<JsonataFragment> elements)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < elements.Length; i++) text.Append(i == 0 ? "" : ", ").Append(elements[i].Text);
        return new(text.Append(']').ToString(), Traits: Traits.Constructor);
    }

    public static JsonataFragment Object(IEnumerable<(JsonataFragment Key, JsonataFragment Value)> members) =>
        new($"{{{string.Join(", ", members.Select(static member => $"{member.Key.Text}: {member.Value.Text}"))}}}");

    public static JsonataFragment Function(IEnumerable<string> parameters, JsonataFragment body) => new($"function({string.Join(", ", parameters)}) {{ {body.Text} }}");

    /// <summary>Names a value for the expression that follows.</summary>
    public static JsonataFragment Block(string variable, JsonataFragment value, JsonataFragment body)
    {
        var statements = $"{variable} := {value.Text}; {body.Statements ?? body.Text}";
        return new($"({statements})", Traits: body.Traits & ~Traits.Constructor) { Statements = statements };
    }

    public static JsonataFragment Parenthesised(JsonataFragment code) => new($"({code.Text})", Traits: code.Traits & ~Traits.Constructor);

    static string Name(string name)
    {
        var plain = !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && name is not ("true" or "false" or "null" or "function" or "and" or "or" or "in");
        return plain ? name : $"`{name}`";
    }
}
