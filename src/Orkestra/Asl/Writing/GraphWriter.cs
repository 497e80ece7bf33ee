using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Writing;

/// <summary>Writes the parts that hold states, and what belongs to them.</summary>
internal static class GraphWriter
{
    internal static JsonObject StateMachine(StateMachine value) => new ElementWriter()
        .Set("Comment", value.Comment)
        .Set("QueryLanguage", value.QueryLanguage)
        .Set("Version", value.Version)
        .Set("TimeoutSeconds", value.TimeoutSeconds)
        .Set("StartAt", value.StartAt)
        .Set("States", value.States)
        .Build(value);

    internal static JsonObject Branch(Branch value) => new ElementWriter()
        .Set("Comment", value.Comment)
        .Set("StartAt", value.StartAt)
        .Set("States", value.States)
        .Build(value);

    internal static JsonObject? ItemProcessor(ItemProcessor? value) => value is null ? null : new ElementWriter()
        .Set("Comment", value.Comment)
        .Set("ProcessorConfig", ProcessorConfig(value.ProcessorConfig))
        .Set("StartAt", value.StartAt)
        .Set("States", value.States)
        .Build(value);

    internal static JsonObject Retrier(Retrier value) => new ElementWriter()
        .Set("Comment", value.Comment)
        .Set("ErrorEquals", value.ErrorEquals)
        .Set("IntervalSeconds", value.IntervalSeconds)
        .Set("MaxAttempts", value.MaxAttempts)
        .Set("BackoffRate", value.BackoffRate)
        .Set("MaxDelaySeconds", value.MaxDelaySeconds)
        .Set("JitterStrategy", value.JitterStrategy)
        .Build(value);

    internal static JsonObject Catcher(Catcher value) => new ElementWriter()
        .Set("Comment", value.Comment)
        .Set("ErrorEquals", value.ErrorEquals)
        .Set("ResultPath", value.ResultPath)
        .Set("Assign", value.Assign)
        .Set("Output", value.Output)
        .Set("Next", value.Next)
        .Build(value);

    internal static JsonObject? ItemReader(ItemReader? value) => value is null ? null : new ElementWriter()
        .Set("Resource", value.Resource)
        .Set("ReaderConfig", ReaderConfig(value.ReaderConfig))
        .Set("Parameters", value.Parameters)
        .Set("Arguments", value.Arguments)
        .Build(value);

    internal static JsonObject? ItemBatcher(ItemBatcher? value) => value is null ? null : new ElementWriter()
        .Set("MaxItemsPerBatch", value.MaxItemsPerBatch)
        .Set("MaxItemsPerBatchPath", value.MaxItemsPerBatchPath)
        .Set("MaxInputBytesPerBatch", value.MaxInputBytesPerBatch)
        .Set("MaxInputBytesPerBatchPath", value.MaxInputBytesPerBatchPath)
        .Set("BatchInput", value.BatchInput)
        .Build(value);

    internal static JsonObject? ResultWriter(ResultWriter? value) => value is null ? null : new ElementWriter()
        .Set("Resource", value.Resource)
        .Set("WriterConfig", WriterConfig(value.WriterConfig))
        .Set("Parameters", value.Parameters)
        .Set("Arguments", value.Arguments)
        .Build(value);

    static JsonObject? ProcessorConfig(ProcessorConfig? value) => value is null ? null : new ElementWriter()
        .Set("Mode", value.Mode)
        .Set("ExecutionType", value.ExecutionType)
        .Build(value);

    static JsonObject? ReaderConfig(ReaderConfig? value) => value is null ? null : new ElementWriter()
        .Set("InputType", value.InputType)
        .Set("Transformation", value.Transformation)
        .Set("ManifestType", value.ManifestType)
        .Set("CSVDelimiter", value.CSVDelimiter)
        .Set("CSVHeaderLocation", value.CSVHeaderLocation)
        .Set("CSVHeaders", value.CSVHeaders)
        .Set("MaxItems", value.MaxItems)
        .Set("MaxItemsPath", value.MaxItemsPath)
        .Set("ItemsPointer", value.ItemsPointer)
        .Build(value);

    static JsonObject? WriterConfig(WriterConfig? value) => value is null ? null : new ElementWriter()
        .Set("Transformation", value.Transformation)
        .Set("OutputType", value.OutputType)
        .Build(value);
}
