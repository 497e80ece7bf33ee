using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What a Map and its parts are held to (https://states-language.net/spec.html#map-state).</summary>
internal static class MapRules
{
    static readonly ObjectRule ReaderConfig = new(
        new FieldRule("InputType", FieldValues.Word("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST")),
        new FieldRule("Transformation", FieldValues.Word("NONE", "LOAD_AND_FLATTEN")),
        new FieldRule("ManifestType", FieldValues.Word("ATHENA_DATA", "S3_INVENTORY")),
        new FieldRule("CSVDelimiter", FieldValues.Word("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB")),
        new FieldRule("CSVHeaderLocation", FieldValues.Word("FIRST_ROW", "GIVEN")),
        new FieldRule("CSVHeaders", FieldValues.NonEmptyTexts),
        new FieldRule("MaxItems", FieldValues.IntegerOrExpression(0, 100_000_000)),
        new FieldRule("MaxItemsPath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new FieldRule("ItemsPointer", FieldValues.Text))
    { AtMostOne = [["MaxItems", "MaxItemsPath"]] };

    static readonly ObjectRule ItemReader = new(
        new FieldRule("Resource", Action("s3:getObject", "s3:listObjectsV2")),
        new FieldRule("ReaderConfig", Reader),
        new FieldRule("Parameters", ExpressionChecks.PayloadObject, QueryLanguage.JSONPath),
        new FieldRule("Arguments", ExpressionChecks.PayloadObject, QueryLanguage.JSONata))
    { Required = ["Resource"] };

    static readonly ObjectRule ItemBatcher = new(
        new FieldRule("MaxItemsPerBatch", FieldValues.IntegerOrExpression(0)),
        new FieldRule("MaxItemsPerBatchPath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new FieldRule("MaxInputBytesPerBatch", FieldValues.IntegerOrExpression(0, 262_144)),
        new FieldRule("MaxInputBytesPerBatchPath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new FieldRule("BatchInput", ExpressionChecks.Payload))
    { AtMostOne = [["MaxItemsPerBatch", "MaxItemsPerBatchPath"], ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"]] };

    static readonly ObjectRule WriterConfig = new(
        new FieldRule("Transformation", FieldValues.Word("NONE", "COMPACT", "FLATTEN")),
        new FieldRule("OutputType", FieldValues.Word("JSON", "JSONL")))
    { Required = ["OutputType"] };

    static readonly ObjectRule ResultWriter = new(
        new FieldRule("Resource", Action("s3:putObject")),
        new FieldRule("WriterConfig", Part(WriterConfig)),
        new FieldRule("Parameters", ExpressionChecks.PayloadObject, QueryLanguage.JSONPath),
        new FieldRule("Arguments", ExpressionChecks.PayloadObject, QueryLanguage.JSONata));

    static readonly ObjectRule ProcessorConfig = new(
        new FieldRule("Mode", FieldValues.Word("INLINE", "DISTRIBUTED")),
        new FieldRule("ExecutionType", FieldValues.Word("STANDARD", "EXPRESS")));

    internal static ObjectRule Map(FieldRule[] work, string[] nextOrEnd) => new(
    [
        .. work,
        new("Items", Items, QueryLanguage.JSONata),
        new("ItemsPath", ExpressionChecks.Reference, QueryLanguage.JSONPath),
        new("ItemSelector", ExpressionChecks.PayloadObject),
        new("Parameters", ExpressionChecks.Payload, QueryLanguage.JSONPath),
        new("ItemReader", Part(ItemReader)),
        new("ItemBatcher", Part(ItemBatcher)),
        new("ResultWriter", Writer),
        new("ItemProcessor", GraphRules.Processor),
        new("Iterator", GraphRules.Processor),
        new("MaxConcurrency", FieldValues.IntegerOrExpression(0)),
        new("MaxConcurrencyPath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new("ToleratedFailureCount", FieldValues.IntegerOrExpression(0)),
        new("ToleratedFailureCountPath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new("ToleratedFailurePercentage", FieldValues.NumberOrExpression(0, 100)),
        new("ToleratedFailurePercentagePath", ExpressionChecks.DataReference, QueryLanguage.JSONPath),
        new("Label", Labels.Check),
    ])
    {
        AtMostOne =
        [
            ["MaxConcurrency", "MaxConcurrencyPath"],
            ["ToleratedFailureCount", "ToleratedFailureCountPath"],
            ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
            ["ItemSelector", "Parameters"],
        ],
        ExactlyOne = [["ItemProcessor", "Iterator"], nextOrEnd],
    };

    /// <summary>Whether the iterations are child executions, and of which type.</summary>
    internal static void Processing(FieldContext field)
    {
        ProcessorConfig.Check(field.Checker, field.Value, field.Location, field.Scope);
        var distributed = field.Value.Find("Mode")?.Text == "DISTRIBUTED";
        var type = field.Value.Find("ExecutionType");
        if (distributed && type is null) field.Schema("These fields are required: [ExecutionType]");
        if (distributed && field.Checker.Options.Type == StateMachineType.Express)
            field.Schema("The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines");
        if (!distributed && type is not null && field.Value.Kind == JsonKind.Object) field.Schema("Field 'ExecutionType' is not supported");
    }

    static void Items(FieldContext field)
    {
        if (field.Value.Kind is JsonKind.Array or JsonKind.Object)
            ExpressionChecks.Jsonata(field);
        else if (field.Value.Kind == JsonKind.String)
            ExpressionChecks.JsonataRequired(field);
        else
            field.Expected("ARRAY");
    }

    // The results go to a place, or only get another shape.
    static void Writer(FieldContext field)
    {
        Part(ResultWriter)(field);
        if (field.Value.Kind != JsonKind.Object || field.Value.Find("WriterConfig") is not null) return;
        string[] needed = ["Resource", field.Jsonata ? "Arguments" : "Parameters"];
        var missing = Array.FindAll(needed, name => field.Value.Find(name) is null);
        if (missing.Length > 0) field.Schema($"These fields are required: [{string.Join(", ", missing)}]");
    }

    static void Reader(FieldContext field)
    {
        ReaderConfig.Check(field.Checker, field.Value, field.Location, field.Scope);
        if (field.Value.Find("Transformation")?.Text == "LOAD_AND_FLATTEN" && field.Value.Find("InputType") is null) field.Schema("These fields are required: [InputType]");
        var csv = field.Value.Find("InputType")?.Text == "CSV";
        var header = field.Value.Find("CSVHeaderLocation");
        if (csv && header is null) field.Schema("The field 'CSVHeaderLocation' is required");
        if (!csv && header is not null && field.Value.Find("InputType") is { Text: not null }) field.Schema("Field 'CSVHeaderLocation' is not supported");
        if (header?.Text == "GIVEN" && field.Value.Find("CSVHeaders") is null) field.Schema("These fields are required: [CSVHeaders]");
    }

    static Action<FieldContext> Part(ObjectRule rule) => field => rule.Check(field.Checker, field.Value, field.Location, field.Scope);

    static Action<FieldContext> Action(params string[] actions) => field =>
    {
        if (field.Value.Text is not { } text)
            field.Expected("STRING");
        else if (!FieldValues.IsPlaceholder(text) && !Array.Exists(actions, action => Resources.IsIntegration(text, action)))
            field.Schema("The field 'Resource' does not match any of the allowed values");
    };
}
