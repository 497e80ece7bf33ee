using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>
/// What arguments a function takes, https://docs.jsonata.org/programming#function-signatures. Arguments are matched against the parameters like a text against a
/// regular expression: each parameter takes one, or none (<c>?</c>, <c>-</c>), or many (<c>+</c>), greedily.
/// </summary>
internal sealed class Signature
{
    const string Symbols = "snbloafm";
    const int Missing = 1 << 7;
    const int AnyButFunction = 0b1001_1111 | (1 << 5);

    readonly Parameter[] parameters;

    Signature(Parameter[] parameters) => this.parameters = parameters;

    internal int Count => parameters.Length;

    /// <param name="text">The signature with its angle brackets.</param>
    /// <param name="position">Where it stands in the expression.</param>
    internal static Signature Parse(string text, int position)
    {
        var parameters = new List<Parameter>();
        for (var at = 1; at < text.Length && text[at] != ':'; at++)
        {
            switch (text[at])
            {
                case 's' or 'n' or 'b' or 'l' or 'o': parameters.Add(new Parameter(text[at], Mask(text[at]) | Missing)); break;
                case 'a': parameters.Add(new Parameter('a', AnyButFunction | Mask('f'))); break;
                case 'f': parameters.Add(new Parameter('f', Mask('f'))); break;
                case 'j': parameters.Add(new Parameter('j', AnyButFunction)); break;
                case 'x': parameters.Add(new Parameter('x', AnyButFunction | Mask('f'))); break;
                case '(':
                    var close = Closing(text, at, '(', ')');
                    var choice = text[(at + 1)..close];
                    if (choice.Contains('<')) throw new JsonataException("S0402", position + at, value: choice);
                    parameters.Add(new Parameter('(', choice.Aggregate(Missing, (mask, symbol) => mask | Mask(symbol))));
                    at = close;
                    break;
                case '-' when parameters.Count > 0: parameters[^1].Context = true; parameters[^1].Optional = true; break;
                case '?' when parameters.Count > 0: parameters[^1].Optional = true; break;
                case '+' when parameters.Count > 0: parameters[^1].Many = true; break;
                case '<':
                    if (parameters.Count == 0 || parameters[^1].Type is not ('a' or 'f'))
                        throw new JsonataException("S0401", position + at, value: parameters.Count == 0 ? null : parameters[^1].Type.ToString());
                    var end = Closing(text, at, '<', '>');
                    parameters[^1].Subtype = text[(at + 1)..end];
                    at = end;
                    break;
            }
        }

        return new Signature([.. parameters]);
    }

    /// <summary>Whether the arguments can be used as they are, one for each parameter.</summary>
    internal bool Fits(ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments.Length != parameters.Length) return false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = parameters[i];
            var symbol = SymbolOf(arguments[i]);
            if ((parameter.Mask & symbol) == 0) return false;
            if (parameter.Type != 'a') continue;
            if (symbol == Missing) continue;
            if (symbol != Mask('a') || !HasElements(parameter, arguments[i]!)) return false;
        }

        return true;
    }

    /// <summary>The arguments as the function wants them: the context put in, single values made arrays.</summary>
    /// <exception cref="JsonataException">They do not match (T0410, T0411, T0412).</exception>
    internal JsonValue?[] Validate(ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        Span<int> symbols = arguments.Length <= 16 ? stackalloc int[arguments.Length] : new int[arguments.Length];
        for (var i = 0; i < arguments.Length; i++) symbols[i] = SymbolOf(arguments[i]);
        Span<int> taken = parameters.Length <= 16 ? stackalloc int[parameters.Length] : new int[parameters.Length];
        if (!Match(symbols, taken, parameters.Length, 0, 0, whole: true)) throw Mismatch(symbols, arguments);
        var result = new List<JsonValue?>(parameters.Length);
        // As in the reference, a parameter that is left out still uses up an argument, so what follows it may go without.
        var next = 0;
        var matched = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            if (taken[i] > 0)
            {
                for (var n = 0; n < taken[i]; n++, next++)
                {
                    var argument = next < arguments.Length ? arguments[next] : null;
                    var symbol = symbols[matched++];
                    result.Add(parameter.Type == 'a' ? AsArray(parameter, symbol, taken[i], argument, next) : argument);
                }
            }
            else if (parameter.Context)
            {
                if ((parameter.Mask & SymbolOf(context)) == 0) throw new JsonataException("T0411", value: ValueOps.ForError(context)) { Index = next + 1 };
                result.Add(context);
            }
            else
            {
                result.Add(next < arguments.Length ? arguments[next] : null);
                next++;
            }
        }

        return [.. result];
    }

    static int Mask(char symbol)
    {
        var at = Symbols.IndexOf(symbol, StringComparison.Ordinal);
        return at < 0 ? 0 : 1 << at;
    }

    static int Closing(string text, int start, char open, char close)
    {
        var depth = 1;
        var at = start;
        while (++at < text.Length)
        {
            if (text[at] == close && --depth == 0) break;
            if (text[at] == open) depth++;
        }

        return Math.Min(at, text.Length);
    }

    static int SymbolOf(JsonValue? value) => value switch
    {
        null => Missing,
        JsonString => 1,
        JsonNumber => 1 << 1,
        JsonBoolean => 1 << 2,
        JsonNull => 1 << 3,
        JsonObject => 1 << 4,
        FunctionValue => 1 << 6,
        _ => 1 << 5,
    };

    // Longest first, as a regular expression would try.
    bool Match(ReadOnlySpan<int> symbols, Span<int> taken, int count, int index, int at, bool whole)
    {
        if (index == count) return !whole || at == symbols.Length;
        var parameter = parameters[index];
        var most = 0;
        while (at + most < symbols.Length && (most == 0 || parameter.Many) && (parameter.Mask & symbols[at + most]) != 0) most++;
        for (var n = most; n >= (parameter.Optional ? 0 : 1); n--)
        {
            taken[index] = n;
            if (Match(symbols, taken, count, index + 1, at + n, whole)) return true;
        }

        return false;
    }

    JsonataException Mismatch(ReadOnlySpan<int> symbols, ReadOnlySpan<JsonValue?> arguments)
    {
        Span<int> taken = stackalloc int[Math.Min(parameters.Length, 64)];
        var good = 0;
        for (var count = 1; count <= Math.Min(parameters.Length, 64); count++)
        {
            if (!Match(symbols, taken, count, 0, 0, whole: false)) break;
            good = 0;
            foreach (var n in taken[..count]) good += n;
        }

        return new JsonataException("T0410", value: good < arguments.Length ? ValueOps.ForError(arguments[good]) : null) { Index = good + 1 };
    }

    static bool HasElements(Parameter parameter, JsonValue array)
    {
        if (parameter.Subtype is not { } subtype) return true;
        var items = ValueOps.Items(array);
        var wanted = subtype.Length == 0 ? 0 : Mask(subtype[0]);
        foreach (var item in items)
        {
            if (SymbolOf(item) != wanted) return false;
        }

        return true;
    }

    static JsonValue? AsArray(Parameter parameter, int symbol, int taken, JsonValue? argument, int index)
    {
        if (symbol == Missing) return null;
        var isArray = symbol == Mask('a');
        var fits = isArray ? argument is null || HasElements(parameter, argument)
            : parameter.Subtype is not { } subtype || (taken == 1 && subtype.Length == 1 && Mask(subtype[0]) == symbol);
        if (!fits) throw new JsonataException("T0412", value: ValueOps.ForError(argument)) { Index = index + 1, Type = Plural(parameter.Subtype) };
        return isArray ? argument : new Sequence([argument], 1, isSequence: false);
    }

    static string? Plural(string? subtype) => subtype switch
    {
        "a" => "arrays",
        "b" => "booleans",
        "f" => "functions",
        "n" => "numbers",
        "o" => "objects",
        "s" => "strings",
        _ => null,
    };

    sealed class Parameter(char type, int mask)
    {
        internal char Type { get; } = type;

        internal int Mask { get; } = mask;

        internal bool Optional { get; set; }

        internal bool Many { get; set; }

        internal bool Context { get; set; }

        internal string? Subtype { get; set; }
    }
}
