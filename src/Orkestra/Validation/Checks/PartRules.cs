using System.Globalization;
using System.Text;
using Orkestra.Asl;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What retriers, catchers, assignments and credentials are held to.</summary>
internal static class PartRules
{
    static readonly ObjectRule Retrier = new(
        new FieldRule("Comment", FieldValues.Text),
        new FieldRule("ErrorEquals", FieldValues.NonEmptyTexts),
        new FieldRule("IntervalSeconds", FieldValues.Integer(1, FieldValues.LongestSeconds)),
        new FieldRule("MaxAttempts", FieldValues.Integer(0, FieldValues.LongestSeconds)),
        new FieldRule("BackoffRate", FieldValues.Number(1)),
        new FieldRule("MaxDelaySeconds", FieldValues.Integer(1, 31_622_400)),
        new FieldRule("JitterStrategy", FieldValues.Word("NONE", "FULL")))
    { Required = ["ErrorEquals"] };

    static readonly ObjectRule Catcher = new(
        new FieldRule("Comment", FieldValues.Text),
        new FieldRule("ErrorEquals", FieldValues.NonEmptyTexts),
        new FieldRule("ResultPath", ExpressionChecks.ResultPath, QueryLanguage.JSONPath),
        new FieldRule("Assign", Assign),
        new FieldRule("Output", ExpressionChecks.Jsonata, QueryLanguage.JSONata),
        new FieldRule("Next", FieldValues.NonEmptyText))
    { Required = ["ErrorEquals", "Next"] };

    internal static void Retry(FieldContext field) => Handlers(field, Retrier);

    internal static void Catch(FieldContext field) => Handlers(field, Catcher);

    /// <summary>The variables to set: an object whose names are names of variables.</summary>
    internal static void Assign(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Object)
        {
            field.Expected("OBJECT");
            return;
        }

        foreach (var member in field.Value.Members)
        {
            var name = !field.Jsonata && member.Name.EndsWith(".$", StringComparison.Ordinal) ? member.Name[..^2] : member.Name;
            if (VariableProblem(name) is var (code, message)) field.Checker.Error(code, message, field.Location, member.Value);
        }

        ExpressionChecks.Payload(field);
    }

    internal static void Credentials(FieldContext field)
    {
        if (field.Jsonata && field.Value.Kind == JsonKind.String)
        {
            ExpressionChecks.Jsonata(field);
            return;
        }

        if (field.Value.Kind != JsonKind.Object)
        {
            field.Expected("OBJECT");
            return;
        }

        if (field.Value.Find("RoleArn") is null && (field.Jsonata || field.Value.Find("RoleArn.$") is null))
            field.Schema("The field 'RoleArn' is required but was missing");
        ExpressionChecks.Payload(field);
    }

    static void Handlers(FieldContext field, ObjectRule rule)
    {
        if (field.Value.Kind != JsonKind.Array)
        {
            field.Expected("ARRAY");
            return;
        }

        for (var i = 0; i < field.Value.Items.Count; i++)
        {
            var handler = field.Value.Items[i];
            rule.Check(field.Checker, handler, $"{field.Location}[{i}]", field.Scope with { ErrorOutput = true });
            if (CatchesAll(handler) && (i < field.Value.Items.Count - 1 || handler.Find("ErrorEquals")!.Items.Count > 1))
                field.Checker.Schema("States.ALL must appear alone and at end of list", $"{field.Location}[{i}]/ErrorEquals", handler);
        }
    }

    static bool CatchesAll(SourceNode handler) => handler.Find("ErrorEquals")?.Items.Exists(item => item.Text == ErrorNames.All) == true;

    static (string Code, string Message)? VariableProblem(string name)
    {
        if (name == "states") return (Codes.ReservedVariable, "Cannot assign to reserved variable '$states'.");
        if (name.Length > 80) return (Codes.InvalidVariable, $"Invalid variable name '{name}': the variable name is longer than 80 characters.");
        return IsIdentifier(name) ? null : (Codes.InvalidVariable, $"Invalid variable name '{name}': the variable name contains invalid characters.");
    }

    // Identifiers of Unicode: ID_Start, which has no underscore, then ID_Continue.
    static bool IsIdentifier(string name)
    {
        var isFirst = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune) && Rune.GetUnicodeCategory(rune) is var category && category != UnicodeCategory.LetterNumber
                && (isFirst || category is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation)))
                return false;
            isFirst = false;
        }

        return !isFirst;
    }
}
