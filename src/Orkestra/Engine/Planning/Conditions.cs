using System.Runtime.CompilerServices;
using Orkestra.Asl.Choices;
using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles the rules of a Choice.</summary>
internal static class Conditions
{
    internal static Condition Compile(ChoiceRule rule, bool isJsonata, string where)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return rule switch
        {
            ConditionRule condition when isJsonata => new ConditionTemplate(JsonataTemplates.Compile(condition.Condition, $"{where}/Condition", ResultType.Of(JsonKind.Boolean))),
            AndRule all when !isJsonata => Compound(CompoundCondition.Operator.And, all.Rules.Span, where),
            OrRule any when !isJsonata => Compound(CompoundCondition.Operator.Or, any.Rules.Span, where),
            NotRule no when !isJsonata => Compound(CompoundCondition.Operator.Not, [no.Rule], where),
            ComparisonRule comparison when !isJsonata => Comparison(comparison),
            _ => throw new FormatException("it is no rule of the state's query language"),
        };
    }

    static CompoundCondition Compound(CompoundCondition.Operator combine, ReadOnlySpan<ChoiceRule> rules, string where)
    {
        var parts = new Condition[rules.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Compile(rules[i], isJsonata: false, where);
        return new CompoundCondition(combine, parts);
    }

    static ComparisonCondition Comparison(ComparisonRule rule)
    {
        if (rule.Variable is null) throw new FormatException("it has no Variable");
        var variable = PathTemplates.Compile(rule.Variable);
        var name = rule.Operator.ToString();
        if (!name.EndsWith("Path", StringComparison.Ordinal)) return new ComparisonCondition(variable, rule.Operator, rule.Value, null);
        if (rule.Value is not JsonString path) throw new FormatException($"{name} is no path");
        return new ComparisonCondition(variable, Enum.Parse<ComparisonOperator>(name[..^4]), null, PathTemplates.Compile(path.Value));
    }
}
