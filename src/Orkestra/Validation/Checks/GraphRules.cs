using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What the parts that hold states are held to.</summary>
internal static class GraphRules
{
    static readonly FieldRule[] Parts =
    [
        new("Comment", FieldValues.Text),
        new("StartAt", FieldValues.NonEmptyText),
        new("States", StateRules.States),
    ];

    static readonly ObjectRule Machine = new(
    [
        .. Parts,
        new("QueryLanguage", FieldValues.Word("JSONPath", "JSONata")),
        new("Version", FieldValues.Word("1.0")),
        new("TimeoutSeconds", FieldValues.Integer(1, FieldValues.LongestSeconds)),
    ])
    { Required = ["States", "StartAt"] };

    static readonly ObjectRule Branch = new(Parts) { Required = ["States", "StartAt"] };

    static readonly ObjectRule ItemProcessor = new([.. Parts, new FieldRule("ProcessorConfig", MapRules.Processing)]) { Required = ["States", "StartAt"] };

    internal static void Check(Checker checker, SourceNode root)
    {
        checker.MachineIsJsonata = root.Find("QueryLanguage") is { } language && language.Text != "JSONPath";
        Machine.Check(checker, root, "", new Scope(checker.MachineIsJsonata));
    }

    internal static void Branches(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Array)
        {
            field.Expected("ARRAY");
            return;
        }

        if (field.Value.Items.Count == 0) field.Schema("Value cannot be empty");
        for (var i = 0; i < field.Value.Items.Count; i++)
            Branch.Check(field.Checker, field.Value.Items[i], $"{field.Location}[{i}]", new Scope(field.Checker.MachineIsJsonata));
    }

    internal static void Processor(FieldContext field) =>
        ItemProcessor.Check(field.Checker, field.Value, field.Location, new Scope(field.Checker.MachineIsJsonata));
}
