using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths.Filters;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Paths.Parsing;

/// <summary>Reads filters of Jayway: <c>@.a == 1 &amp;&amp; !(@.b in ['x','y'])</c>.</summary>
internal sealed class StepFunctionsFilterParser(PathText text, StepFunctionsParser paths)
{
    // Longer symbols first.
    static readonly (string Symbol, LooseOperator Operation)[] Symbols =
    [
        ("===", LooseOperator.Equal), ("!==", LooseOperator.NotEqual), ("==", LooseOperator.Equal), ("!=", LooseOperator.NotEqual), ("<>", LooseOperator.NotEqual),
        ("<=", LooseOperator.LessOrEqual), (">=", LooseOperator.GreaterOrEqual), ("=~", LooseOperator.Matches), ("<", LooseOperator.Less), (">", LooseOperator.Greater),
        ("=", LooseOperator.Equal),
    ];

    static readonly (string Word, LooseOperator Operation)[] Words =
    [
        ("in", LooseOperator.In), ("nin", LooseOperator.NotIn), ("subsetof", LooseOperator.SubsetOf), ("anyof", LooseOperator.AnyOf), ("noneof", LooseOperator.NoneOf),
        ("all", LooseOperator.All), ("size", LooseOperator.Size), ("empty", LooseOperator.Empty), ("contains", LooseOperator.Contains),
    ];

    internal FilterCondition Condition()
    {
        text.Enter();
        var alternatives = new List<FilterCondition> { Conjunction() };
        while (TakeSymbol("||")) alternatives.Add(Conjunction());
        text.Leave();
        return alternatives is [var only] ? only : new OrCondition([.. alternatives]);
    }

    FilterCondition Conjunction()
    {
        var conditions = new List<FilterCondition> { Basic() };
        while (TakeSymbol("&&")) conditions.Add(Basic());
        return conditions is [var only] ? only : new AndCondition([.. conditions]);
    }

    bool TakeSymbol(string symbol)
    {
        text.SkipBlanks();
        return text.Take(symbol);
    }

    FilterCondition Basic()
    {
        text.SkipBlanks();
        if (text.Current == '!' && text.Next != '=')
        {
            text.At++;
            text.Enter();
            text.SkipBlanks();
            var isPath = text.Current is '@' or '$';
            var inner = Basic();
            text.Leave();
            return new NotCondition(isPath && inner is ExistsCondition exists ? new ExistsCondition(exists.Query, countsNull: false) : inner);
        }

        if (text.Take('('))
        {
            var condition = Condition();
            text.SkipBlanks();
            text.Expect(')');
            return condition;
        }

        var start = text.At;
        var left = Operand();
        if (TakeOperator() is { } operation) return new LooseCondition(operation, left, Operand());
        return left is QueryValue query ? new ExistsCondition(query.Query) : throw text.Fault("Expected a comparison", start);
    }

    LooseOperator? TakeOperator()
    {
        text.SkipBlanks();
        foreach (var (symbol, operation) in Symbols)
        {
            if (text.Take(symbol)) return operation;
        }

        foreach (var (word, operation) in Words)
        {
            var start = text.At;
            if ((text.Take(word) || text.Take(word.ToUpperInvariant())) && !char.IsLetterOrDigit(text.Current)) return operation;
            text.At = start;
        }

        return null;
    }

    FilterValue Operand()
    {
        text.SkipBlanks();
        switch (text.Current)
        {
            case '@' or '$':
                var relative = text.Current == '@';
                text.At++;
                text.Enter();
                var query = new FilterQuery(new PathQuery(paths.Segments(inFilter: true)), relative);
                text.Leave();
                return new QueryValue(query, scalars: false);
            case '\'' or '"': return new LiteralValue(text.TakeString(lenient: true));
            case '/': return Regex();
            case '[' or '{': return Json();
            default: return text.TakeNumber() is { } number ? new LiteralValue(JsonNumber.Parse(number)) : Word();
        }
    }

    /// <summary>true, false, null; any other word stands for itself, as older versions of Jayway read it.</summary>
    LiteralValue Word()
    {
        var start = text.At;
        while (char.IsLetterOrDigit(text.Current) || text.Current is '_' or '-') text.At++;
        if (text.At == start) throw text.Fault("Expected a value");
        return new LiteralValue(text.Slice(start) switch
        {
            "true" => true,
            "false" => false,
            "null" => JsonValue.Null,
            var word => word,
        });
    }

    RegexValue Regex()
    {
        var start = ++text.At;
        for (; text.Current != '/'; text.At++)
        {
            if (text.AtEnd) throw text.Fault("A regular expression is not closed", start - 1);
            if (text.Current == '\\') text.At++;
        }

        var pattern = text.Slice(start);
        var flags = ++text.At;
        while (char.IsAsciiLetter(text.Current)) text.At++;
        var letters = text.Slice(flags);
        try
        {
            return new RegexValue(EcmaPattern.Compile(pattern, letters.Contains('i', StringComparison.Ordinal), letters.Contains('m', StringComparison.Ordinal), whole: true));
        }
        catch (PatternException problem)
        {
            throw text.Fault(problem.Message, start);
        }
    }

    /// <summary>A JSON array or object; strings in it may stand in single quotes.</summary>
    LiteralValue Json() => new(JsonLiteral());

    JsonValue JsonLiteral()
    {
        text.Enter();
        text.SkipBlanks();
        var value = text.Current switch
        {
            '[' => JsonArrayLiteral(),
            '{' => JsonObjectLiteral(),
            '\'' or '"' => text.TakeString(lenient: true),
            _ => text.TakeNumber() is { } number ? JsonNumber.Parse(number) : Word().Value,
        };
        text.SkipBlanks();
        text.Leave();
        return value;
    }

    JsonArray JsonArrayLiteral()
    {
        text.Expect('[');
        var items = new List<JsonValue>();
        text.SkipBlanks();
        while (!text.Take(']'))
        {
            if (items.Count > 0) text.Expect(',');
            items.Add(JsonLiteral());
        }

        return JsonArray.Create(items);
    }

    JsonObject JsonObjectLiteral()
    {
        text.Expect('{');
        var members = new JsonObject.Builder();
        text.SkipBlanks();
        while (!text.Take('}'))
        {
            if (members.Count > 0) text.Expect(',');
            text.SkipBlanks();
            if (text.Current is not ('\'' or '"')) throw text.Fault("Expected a name in quotes");
            var name = text.TakeString(lenient: true);
            text.SkipBlanks();
            text.Expect(':');
            members.Set(name, JsonLiteral());
        }

        return members.Build();
    }
}
