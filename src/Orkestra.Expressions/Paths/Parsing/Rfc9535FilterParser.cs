using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths.Filters;

namespace Orkestra.Expressions.Paths.Parsing;

/// <summary>Reads filters of RFC 9535 and holds their types apart (section 2.4.3): values compare, conditions and paths test.</summary>
internal sealed class Rfc9535FilterParser(PathText text, Rfc9535Parser paths)
{
    internal FilterCondition Condition()
    {
        text.Enter();
        var alternatives = new List<FilterCondition> { Conjunction() };
        while (TakeOperator("||")) alternatives.Add(Conjunction());
        text.Leave();
        return alternatives is [var only] ? only : new OrCondition([.. alternatives]);
    }

    FilterCondition Conjunction()
    {
        var conditions = new List<FilterCondition> { Basic() };
        while (TakeOperator("&&")) conditions.Add(Basic());
        return conditions is [var only] ? only : new AndCondition([.. conditions]);
    }

    bool TakeOperator(string symbol)
    {
        var start = text.At;
        text.SkipBlanks();
        if (text.Take(symbol))
        {
            text.SkipBlanks();
            return true;
        }

        text.At = start;
        return false;
    }

    FilterCondition Basic()
    {
        var negated = text.Current == '!' && text.Next != '=';
        if (negated)
        {
            text.At++;
            text.SkipBlanks();
        }

        if (text.Take('('))
        {
            text.SkipBlanks();
            var inner = Condition();
            text.SkipBlanks();
            text.Expect(')');
            return negated ? new NotCondition(inner) : inner;
        }

        var start = text.At;
        var left = Operand();
        if (!negated && TakeComparison() is { } operation) return new StrictCondition(operation, AsValue(left, start), RightOperand());
        var test = AsTest(left, start);
        return negated ? new NotCondition(test) : test;
    }

    FilterValue RightOperand()
    {
        var start = text.At;
        return AsValue(Operand(), start);
    }

    FilterOperator? TakeComparison()
    {
        var start = text.At;
        text.SkipBlanks();
        FilterOperator? found = text.Take("==") ? FilterOperator.Equal
            : text.Take("!=") ? FilterOperator.NotEqual
            : text.Take("<=") ? FilterOperator.LessOrEqual
            : text.Take(">=") ? FilterOperator.GreaterOrEqual
            : text.Take('<') ? FilterOperator.Less
            : text.Take('>') ? FilterOperator.Greater
            : null;
        if (found is null) text.At = start;
        else text.SkipBlanks();
        return found;
    }

    /// <summary>A <see cref="FilterQuery"/>, a <see cref="FilterValue"/> or a <see cref="FilterCondition"/>.</summary>
    object Operand()
    {
        switch (text.Current)
        {
            case '@' or '$':
                var relative = text.Current == '@';
                text.At++;
                text.Enter();
                var query = new FilterQuery(new PathQuery(paths.Segments()), relative);
                text.Leave();
                return query;
            case '\'' or '"': return new LiteralValue(text.TakeString(lenient: false));
            case >= 'a' and <= 'z': return Word();
            default:
                return text.TakeNumber() is { } number ? new LiteralValue(JsonNumber.Parse(number)) : throw text.Fault("Expected a condition");
        }
    }

    object Word()
    {
        var start = text.At;
        while (text.Current is (>= 'a' and <= 'z') or '_' || char.IsAsciiDigit(text.Current)) text.At++;
        var word = text.Slice(start);
        if (text.Current == '(') return Function(word, start);
        return word switch
        {
            "true" => new LiteralValue(true),
            "false" => new LiteralValue(false),
            "null" => new LiteralValue(JsonValue.Null),
            _ => throw text.Fault("Unknown word", start),
        };
    }

    object Function(string name, int start)
    {
        text.Enter();
        text.Expect('(');
        text.SkipBlanks();
        var arguments = new List<(object Value, int At)>();
        while (text.Current != ')')
        {
            if (arguments.Count > 0)
            {
                text.Expect(',');
                text.SkipBlanks();
            }

            var at = text.At;
            arguments.Add((Argument(), at));
            text.SkipBlanks();
        }

        text.Expect(')');
        text.Leave();
        return (name, arguments.Count) switch
        {
            ("length", 1) => new LengthFunction(AsValue(arguments[0].Value, arguments[0].At)),
            ("count", 1) => new CountFunction(AsQuery(arguments[0].Value, arguments[0].At)),
            ("value", 1) => new ValueFunction(AsQuery(arguments[0].Value, arguments[0].At)),
            ("match" or "search", 2) => new RegexCondition(AsValue(arguments[0].Value, arguments[0].At), AsValue(arguments[1].Value, arguments[1].At), name == "match"),
            ("length" or "count" or "value" or "match" or "search", _) => throw text.Fault($"The function {name} takes another number of arguments", start),
            _ => throw text.Fault($"There is no function {name}", start),
        };
    }

    /// <summary>An argument: an operand, unless it goes on as a condition.</summary>
    object Argument()
    {
        var start = text.At;
        if (text.Current is not ('(' or '!'))
        {
            var operand = Operand();
            var end = text.At;
            text.SkipBlanks();
            if (text.Current is ',' or ')')
            {
                text.At = end;
                return operand;
            }
        }

        text.At = start;
        return Condition();
    }

    FilterValue AsValue(object operand, int at) => operand switch
    {
        FilterValue value => value,
        FilterQuery { IsDefinite: true } query => new QueryValue(query, scalars: true),
        FilterQuery => throw text.Fault("A path that may select several nodes cannot be used as a value", at),
        _ => throw text.Fault("A condition cannot be used as a value", at),
    };

    FilterQuery AsQuery(object operand, int at) => operand as FilterQuery ?? throw text.Fault("Expected a path", at);

    FilterCondition AsTest(object operand, int at) => operand switch
    {
        FilterCondition node => node,
        FilterQuery query => new ExistsCondition(query),
        _ => throw text.Fault("A value cannot be used as a condition", at),
    };
}
