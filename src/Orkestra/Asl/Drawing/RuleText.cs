using System.Globalization;
using Orkestra.Asl.Choices;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Drawing;

/// <summary>The rules of a Choice as short text for a label.</summary>
internal static class RuleText
{
    const int Longest = 80;

    internal static string Describe(ChoiceRule rule)
    {
        var text = rule.Comment is { Length: > 0 } comment ? comment : Of(rule, outer: true);
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
    }

    static string Of(ChoiceRule rule, bool outer) => rule switch
    {
        ConditionRule { Condition: JsonString { Value: var text } } => Expression(text),
        ConditionRule condition => condition.Condition.ToJson(),
        ComparisonRule comparison => Comparison(comparison),
        AndRule and => Joined(and.Rules, " and ", outer),
        OrRule or => Joined(or.Rules, " or ", outer),
        NotRule not => $"not ({Of(not.Rule, outer: true)})",
        _ => "",
    };

    static string Joined(EquatableList<ChoiceRule> rules, string word, bool outer)
    {
        var joined = string.Join(word, rules.Select(rule => Of(rule, outer: false)));
        return outer || rules.Count < 2 ? joined : $"({joined})";
    }

    static string Comparison(ComparisonRule rule)
    {
        var variable = rule.Variable ?? "?";
        var name = rule.Operator.ToString();
        if (name.StartsWith("Is", StringComparison.Ordinal))
        {
            var not = rule.Value is JsonBoolean { Value: false } ? "not " : "";
            return string.Create(CultureInfo.InvariantCulture, $"{variable} is {not}{name[2..].ToLowerInvariant()}");
        }

        var value = rule.Value is JsonString text ? (name.EndsWith("Path", StringComparison.Ordinal) ? text.Value : $"'{text.Value}'") : rule.Value.ToJson();
        if (name.EndsWith("Path", StringComparison.Ordinal)) name = name[..^4];
        return $"{variable} {Sign(name)} {value}";
    }

    static string Sign(string name)
    {
        if (name.EndsWith("GreaterThanEquals", StringComparison.Ordinal)) return "≥";
        if (name.EndsWith("LessThanEquals", StringComparison.Ordinal)) return "≤";
        if (name.EndsWith("GreaterThan", StringComparison.Ordinal)) return ">";
        if (name.EndsWith("LessThan", StringComparison.Ordinal)) return "<";
        return name.EndsWith("Matches", StringComparison.Ordinal) ? "matches" : "=";
    }

    static string Expression(string text) =>
        text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) && text.Length >= 4 ? text[2..^2] : text;
}
