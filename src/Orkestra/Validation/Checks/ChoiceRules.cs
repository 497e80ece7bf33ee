using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What the rules of a Choice are held to (https://states-language.net/spec.html#choice-state).</summary>
internal static class ChoiceRules
{
    static readonly string[] Kinds = ["And", "Or", "Not", "Variable", "Condition"];
    static readonly string[] Operators = Enum.GetNames<ComparisonOperator>();

    static readonly FieldRule[] Parts =
    [
        new("Comment", FieldValues.Text),
        new("And", Rules, QueryLanguage.JSONPath),
        new("Or", Rules, QueryLanguage.JSONPath),
        new("Not", field => Check(field.Checker, field.Value, field.Location, field.Scope, Nested!), QueryLanguage.JSONPath),
        new("Variable", ExpressionChecks.Reference, QueryLanguage.JSONPath),
        new("Condition", Condition, QueryLanguage.JSONata),
        .. Operators.Select(name => new FieldRule(name, Operand(name), QueryLanguage.JSONPath)),
    ];

    static readonly ObjectRule Nested = new(Parts);

    static readonly ObjectRule Outer = new(
    [
        .. Parts,
        new("Next", FieldValues.NonEmptyText),
        new("Assign", PartRules.Assign),
        new("Output", ExpressionChecks.Jsonata, QueryLanguage.JSONata),
    ])
    { Required = ["Next"] };

    internal static void Choices(FieldContext field) => Rules(field, Outer);

    static void Rules(FieldContext field) => Rules(field, Nested);

    static void Rules(FieldContext field, ObjectRule rule)
    {
        if (field.Value.Kind != JsonKind.Array)
        {
            field.Expected("ARRAY");
            return;
        }

        if (field.Value.Items.Count == 0) field.Schema("Value cannot be empty");
        for (var i = 0; i < field.Value.Items.Count; i++)
            Check(field.Checker, field.Value.Items[i], $"{field.Location}[{i}]", field.Scope, rule);
    }

    static void Check(Checker checker, SourceNode node, string location, Scope scope, ObjectRule rule)
    {
        if (node.Kind == JsonKind.Object)
        {
            var kinds = Kinds.Count(kind => node.Find(kind) is not null);
            if (kinds != 1)
            {
                checker.Schema($"The object must have only one of the following fields, [{string.Join(", ", Kinds)}]", location, node);
            }
            else if (node.Find("Variable") is not null)
            {
                var operators = node.Members.Count(member => Operators.Contains(member.Name));
                if (operators > 1) checker.Schema($"There should only be one of the following fields: [{string.Join(", ", Operators)}]", location, node);
                if (operators == 0)
                    checker.Schema($"This object should have only one of the following fields: [{string.Join(", ", Operators)}]", location, node);
            }
        }

        rule.Check(checker, node, location, scope);
    }

    static void Condition(FieldContext field)
    {
        if (field.Value.Kind == JsonKind.String)
            ExpressionChecks.JsonataRequired(field);
        else
            FieldValues.Boolean(field);
    }

    static Action<FieldContext> Operand(string name)
    {
        if (name.EndsWith("Path", StringComparison.Ordinal)) return ExpressionChecks.Reference;
        if (name.StartsWith("Is", StringComparison.Ordinal) || name.StartsWith("Boolean", StringComparison.Ordinal)) return FieldValues.Boolean;
        if (name.StartsWith("Numeric", StringComparison.Ordinal)) return FieldValues.Number(double.MinValue);
        return name.StartsWith("Timestamp", StringComparison.Ordinal) ? Timestamp : FieldValues.Text;
    }

    static void Timestamp(FieldContext field)
    {
        if (field.Value.Text is not { } text)
            field.Expected("STRING");
        else if (!Rfc3339.IsValid(text) && !FieldValues.IsPlaceholder(text))
            field.Schema("String does not match RFC3339 timestamp");
    }
}
