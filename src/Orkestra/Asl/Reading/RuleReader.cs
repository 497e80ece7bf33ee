using System.Collections.Frozen;
using Orkestra.Asl.Choices;

namespace Orkestra.Asl.Reading;

/// <summary>Reads the rules of a Choice.</summary>
internal static class RuleReader
{
    internal static ChoiceRule Read(ElementReader reader)
    {
        var rule = ReadKind(reader);
        return rule with
        {
            Comment = reader.Text("Comment"),
            Next = reader.Text("Next"),
            Assign = reader.Object("Assign"),
            Output = reader.Any("Output"),
            Extensions = reader.Rest(),
        };
    }

    static ChoiceRule ReadKind(ElementReader reader)
    {
        if (reader.Any("Condition") is { } condition) return new ConditionRule { Condition = condition };
        if (Parts(reader, "And") is { IsAbsent: false } all) return new AndRule { Rules = all };
        if (Parts(reader, "Or") is { IsAbsent: false } any) return new OrRule { Rules = any };
        if (reader.Element("Not", Read) is { } part) return new NotRule { Rule = part };
        foreach (var member in reader.Node.Members)
        {
            if (!ComparisonOperators.TryParse(member.Name, out var comparison)) continue;
            return new ComparisonRule { Operator = comparison, Value = reader.Any(member.Name)!, Variable = reader.Text("Variable") };
        }

        reader.Source.Error(
            "UNKNOWN_RULE", "The rule has no comparison operator, no And, Or or Not, and no Condition.", reader.Node.Offset, reader.Location);
        return new UnknownRule();
    }

    static EquatableList<ChoiceRule> Parts(ElementReader reader, string name) => reader.Elements(name, Read);
}

/// <summary>The names of the comparison operators.</summary>
internal static class ComparisonOperators
{
    static readonly FrozenDictionary<string, ComparisonOperator> ByName =
        Enum.GetValues<ComparisonOperator>().ToFrozenDictionary(value => value.ToString(), StringComparer.Ordinal);

    internal static bool TryParse(string name, out ComparisonOperator value) => ByName.TryGetValue(name, out value);
}
