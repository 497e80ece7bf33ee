using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Gives a Map state the fields of a dataset.</summary>
internal static class DatasetMaps
{
    const string Input = "$states.input";
    const string Item = "$states.context.Map.Item.Value";

    public static MapState With(MapState map, MapDataset dataset, PayloadSerializer serializer)
    {
        var options = serializer.Options;
        var reader = JsonObject.Create(("Bucket", Value(dataset.Bucket)));
        if (dataset.Key is { } key) reader = reader.With(dataset.IsListing ? "Prefix" : "Key", Value(key));
        return map with
        {
            ItemReader = new ItemReader
            {
                Resource = dataset.IsListing ? "arn:aws:states:::s3:listObjectsV2" : "arn:aws:states:::s3:getObject",
                Arguments = reader,
                ReaderConfig = Config(dataset),
            },
            ItemSelector = dataset.IsText ? Typed(dataset, options) : null,
            ItemBatcher = dataset.BatchItems is null && dataset.BatchBytes is null ? null : new ItemBatcher { MaxItemsPerBatch = dataset.BatchItems, MaxInputBytesPerBatch = dataset.BatchBytes },
            ResultWriter = dataset.Results is not { } results ? null : new ResultWriter
            {
                Resource = "arn:aws:states:::s3:putObject",
                Arguments = results.Prefix is { } prefix ? JsonObject.Create(("Bucket", Value(results.Bucket)), ("Prefix", Value(prefix))) : JsonObject.Create(("Bucket", Value(results.Bucket))),
                WriterConfig = new WriterConfig { Transformation = results.Transformation, OutputType = results.OutputType },
            },
        };

        JsonValue Value(LambdaExpression lambda) => ArgumentTemplate.Of(lambda.Body, lambda.Parameters, options, [Input], namesAsWritten: false);
    }

    static ReaderConfig? Config(MapDataset dataset)
    {
        if (dataset is { IsListing: true, InputType: null }) return dataset.MaxItems is { } most ? new ReaderConfig { MaxItems = most } : null;
        return new ReaderConfig
        {
            InputType = dataset.InputType ?? "JSON",
            Transformation = dataset.IsListing ? "LOAD_AND_FLATTEN" : null,
            ManifestType = dataset.ManifestType,
            CSVHeaderLocation = dataset.InputType != "CSV" ? null : dataset.Columns is null ? "FIRST_ROW" : "GIVEN",
            CSVHeaders = dataset.Columns is { } columns ? [.. columns] : default,
            CSVDelimiter = dataset.Delimiter,
            ItemsPointer = dataset.Pointer,
            MaxItems = dataset.MaxItems,
        };
    }

    // The cells of a row are texts. Each becomes what the member of its name is; null when all members are texts.
    static JsonObject? Typed(MapDataset dataset, JsonSerializerOptions options)
    {
        var item = dataset.Item;
        if (Types.IsDictionary(item) || Types.IsUntyped(item)) return null;
        if (!options.TryGetTypeInfo(item, out var info) || info.Kind != JsonTypeInfoKind.Object)
            throw new WorkflowException($"The rows of a dataset of texts cannot be {TypeName.Of(item)}: use a type with a member for each column, or Dictionary<string, string>.");
        var members = new JsonObject.Builder();
        var isConverted = false;
        foreach (var property in info.Properties)
        {
            if (property.Set is null && property.AssociatedParameter is null) continue;
            if (dataset.Columns is { } columns && !columns.Contains(property.Name, StringComparer.Ordinal))
                throw new WorkflowException($"The member '{property.Name}' of {TypeName.Of(item)} is not one of the columns {string.Join(", ", columns)}: add the column, or name the member like one with [JsonPropertyName].");
            var cell = Syntax.Member(new JsonataFragment(Item, Precedence.Path), property.Name).Text;
            var code = Cell(item, property, cell, options);
            isConverted |= code != cell;
            members.Set(property.Name, FlowCompiler.Expression(code));
        }

        return isConverted ? members.Build() : null;
    }

    static string Cell(Type item, JsonPropertyInfo property, string cell, JsonSerializerOptions options)
    {
        var type = Types.Unwrap(property.PropertyType);
        string? code = Types.IsText(type) || Types.IsMoment(type) || type == typeof(Uri) ? cell
            : Types.IsNumber(type) ? $"$number({cell})"
            : type == typeof(bool) ? Boolean(property, cell)
            : type.IsEnum ? IsWrittenAsText(type, options) ? cell : $"$number({cell})"
            : null;
        if (code is null)
            throw new WorkflowException($"The member '{property.Name}' of {TypeName.Of(item)} is {TypeName.Of(property.PropertyType)}, which a cell of a row cannot be: use a text, a number, bool or a date, or read the row as Dictionary<string, string>.");
        // An empty cell is no number.
        return Types.IsNullable(property.PropertyType) ? $"{cell} in ['', null] ? null : {code}" : code;
    }

    // As bool.Parse reads it; anything else, such as 1 or yes, is an error instead of false.
    static string Boolean(JsonPropertyInfo property, string cell) =>
        $"($cell := $lowercase($trim({cell})); $cell = 'true' ? true : $cell = 'false' ? false : $error({Syntax.Text($"The cell {property.Name} is neither true nor false: ").Text} & $cell))";

    static bool IsWrittenAsText(Type type, JsonSerializerOptions options) =>
        options.TryGetTypeInfo(type, out var info) && JsonSerializer.SerializeToElement(Enum.ToObject(type, 0), info).ValueKind == JsonValueKind.String;
}
