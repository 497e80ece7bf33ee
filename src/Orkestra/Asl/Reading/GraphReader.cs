using Orkestra.Asl.Maps;

namespace Orkestra.Asl.Reading;

/// <summary>Reads the parts that hold states, and what belongs to them.</summary>
internal static class GraphReader
{
    internal static StateMachine StateMachine(ElementReader reader) => new()
    {
        Comment = reader.Text("Comment"),
        QueryLanguage = reader.QueryLanguage("QueryLanguage"),
        Version = reader.Text("Version"),
        TimeoutSeconds = reader.Integer("TimeoutSeconds"),
        StartAt = reader.Text("StartAt"),
        States = reader.States("States"),
        Extensions = reader.Rest(),
    };

    internal static Branch Branch(ElementReader reader) => new()
    {
        Comment = reader.Text("Comment"),
        StartAt = reader.Text("StartAt"),
        States = reader.States("States"),
        Extensions = reader.Rest(),
    };

    internal static ItemProcessor ItemProcessor(ElementReader reader) => new()
    {
        Comment = reader.Text("Comment"),
        ProcessorConfig = reader.Element("ProcessorConfig", ProcessorConfig),
        StartAt = reader.Text("StartAt"),
        States = reader.States("States"),
        Extensions = reader.Rest(),
    };

    internal static Retrier Retrier(ElementReader reader) => new()
    {
        Comment = reader.Text("Comment"),
        ErrorEquals = reader.Texts("ErrorEquals"),
        IntervalSeconds = reader.Integer("IntervalSeconds"),
        MaxAttempts = reader.Integer("MaxAttempts"),
        BackoffRate = reader.Number("BackoffRate"),
        MaxDelaySeconds = reader.Integer("MaxDelaySeconds"),
        JitterStrategy = reader.Text("JitterStrategy"),
        Extensions = reader.Rest(),
    };

    internal static Catcher Catcher(ElementReader reader) => new()
    {
        Comment = reader.Text("Comment"),
        ErrorEquals = reader.Texts("ErrorEquals"),
        ResultPath = reader.Path("ResultPath"),
        Assign = reader.Object("Assign"),
        Output = reader.Any("Output"),
        Next = reader.Text("Next"),
        Extensions = reader.Rest(),
    };

    internal static ItemReader ItemReader(ElementReader reader) => new()
    {
        Resource = reader.Text("Resource"),
        ReaderConfig = reader.Element("ReaderConfig", ReaderConfig),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        Extensions = reader.Rest(),
    };

    internal static ItemBatcher ItemBatcher(ElementReader reader) => new()
    {
        MaxItemsPerBatch = reader.NumberOrExpression("MaxItemsPerBatch"),
        MaxItemsPerBatchPath = reader.Text("MaxItemsPerBatchPath"),
        MaxInputBytesPerBatch = reader.NumberOrExpression("MaxInputBytesPerBatch"),
        MaxInputBytesPerBatchPath = reader.Text("MaxInputBytesPerBatchPath"),
        BatchInput = reader.Any("BatchInput"),
        Extensions = reader.Rest(),
    };

    internal static ResultWriter ResultWriter(ElementReader reader) => new()
    {
        Resource = reader.Text("Resource"),
        WriterConfig = reader.Element("WriterConfig", WriterConfig),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        Extensions = reader.Rest(),
    };

    static ProcessorConfig ProcessorConfig(ElementReader reader) => new()
    {
        Mode = reader.Text("Mode"),
        ExecutionType = reader.Text("ExecutionType"),
        Extensions = reader.Rest(),
    };

    static ReaderConfig ReaderConfig(ElementReader reader) => new()
    {
        InputType = reader.Text("InputType"),
        Transformation = reader.Text("Transformation"),
        ManifestType = reader.Text("ManifestType"),
        CSVDelimiter = reader.Text("CSVDelimiter"),
        CSVHeaderLocation = reader.Text("CSVHeaderLocation"),
        CSVHeaders = reader.Texts("CSVHeaders"),
        MaxItems = reader.NumberOrExpression("MaxItems"),
        MaxItemsPath = reader.Text("MaxItemsPath"),
        ItemsPointer = reader.Text("ItemsPointer"),
        Extensions = reader.Rest(),
    };

    static WriterConfig WriterConfig(ElementReader reader) => new()
    {
        Transformation = reader.Text("Transformation"),
        OutputType = reader.Text("OutputType"),
        Extensions = reader.Rest(),
    };
}
