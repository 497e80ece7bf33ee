using System.Buffers;
using System.Globalization;
using System.Text;

namespace Orkestra.Authoring.Lowering;

/// <summary>Writes JSONata: puts parentheses, quotes and back-quotes where they are needed and nowhere else.</summary>
internal static class Syntax
{
    static readonly SearchValues<char> PlainNameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public static Code Null { get; } = new("null", Traits: Traits.MayBeNull);

    public static Code EmptyArray { get; } = new("[]", Traits: Traits.Constructor);

    public static Code Number(int value) => new(value.ToString(CultureInfo.InvariantCulture), value < 0 ? Power.Negation : Power.Atom);

    public static Code Text(string value)
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
    public static Code Member(Code owner, string name) =>
        name.Contains('`', StringComparison.Ordinal) || name.Length == 0
            ? Call("lookup", owner, Text(name))
            : new($"{owner.At(Power.Path)}.{Name(name)}", Power.Path);

    /// <summary>An element of an array. An index that is no literal leaves a sequence that the next index must not see.</summary>
    public static Code Index(Code owner, Code index, bool literal)
    {
        var bare = owner.Power >= Power.Path && !owner.Has(Traits.DynamicIndex) && !(owner.IsSequence && owner.Power == Power.Path);
        return new($"{(bare ? owner.Text : $"({owner.Text})")}[{index.Text}]", Math.Min(Power.Index, bare ? owner.Power : Power.Index), literal ? Traits.None : Traits.DynamicIndex);
    }

    public static Code Index(Code owner, int index) => Index(owner, Number(index), literal: true);

    public static Code Call(string function, params ReadOnlySpan<Code> arguments)
    {
        var text = new StringBuilder("$").Append(function).Append('(');
        for (var i = 0; i < arguments.Length; i++) text.Append(i == 0 ? "" : ", ").Append(arguments[i].Text);
        return new(text.Append(')').ToString());
    }

    /// <summary>The denial of a condition. Of nothing <c>$not</c> makes nothing, which would count as false once more.</summary>
    public static Code Not(Code value) =>
        value.Denied
        ?? (value.Has(Traits.MayBeAbsent)
            ? Not(Compare("=", value, new("true")))
            : Call("not", value) with { Denied = value.Power is Power.Comparison or Power.And or Power.Or ? value : null });

    public static Code Exists(Code value) => Call("exists", value);

    /// <summary>True unless the value is null or nothing is there: a comparison with nothing is false in JSONata.</summary>
    public static Code IsNotNull(Code value) => Compare("!=", value, Null);

    public static Code Binary(string symbol, int power, Code left, Code right, bool associative = false) =>
        new($"{left.At(power)} {symbol} {right.At(associative ? power : power + 1)}", power);

    public static Code Compare(string symbol, Code left, Code right) =>
        new($"{left.At(Power.Comparison + 1)} {symbol} {right.At(Power.Comparison + 1)}", Power.Comparison);

    public static Code And(Code left, Code right) => Binary("and", Power.And, left, right, associative: true);

    public static Code Or(Code left, Code right) => Binary("or", Power.Or, left, right, associative: true);

    public static Code Conditional(Code test, Code then, Code otherwise) =>
        new(
            $"{test.At(Power.Conditional + 1)} ? {then.At(Power.Conditional + 1)} : {otherwise.Text}",
            Power.Conditional,
            (then.Traits | otherwise.Traits) & (Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted));

    /// <summary>A conditional that gives nothing when the test fails.</summary>
    public static Code OnlyIf(Code test, Code then) => new($"{test.At(Power.Conditional + 1)} ? {then.At(Power.Conditional + 1)}", Power.Conditional);

    public static Code Array(params ReadOnlySpan<Code> elements)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < elements.Length; i++) text.Append(i == 0 ? "" : ", ").Append(elements[i].Text);
        return new(text.Append(']').ToString(), Traits: Traits.Constructor);
    }

    public static Code Object(IEnumerable<(Code Key, Code Value)> members) =>
        new($"{{{string.Join(", ", members.Select(static member => $"{member.Key.Text}: {member.Value.Text}"))}}}");

    public static Code Function(IEnumerable<string> parameters, Code body) => new($"function({string.Join(", ", parameters)}) {{ {body.Text} }}");

    /// <summary>Names a value for the expression that follows.</summary>
    public static Code Block(string variable, Code value, Code body)
    {
        var statements = $"{variable} := {value.Text}; {body.Statements ?? body.Text}";
        return new($"({statements})", Traits: body.Traits & ~Traits.Constructor) { Statements = statements };
    }

    public static Code Parenthesised(Code code) => new($"({code.Text})", Traits: code.Traits & ~Traits.Constructor);

    static string Name(string name)
    {
        var plain = !char.IsAsciiDigit(name[0])
            && name.AsSpan().IndexOfAnyExcept(PlainNameCharacters) < 0
            && name is not ("true" or "false" or "null" or "function" or "and" or "or" or "in");
        return plain ? name : $"`{name}`";
    }
}
