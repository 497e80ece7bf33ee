using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Maps;

/// <summary>Where a distributed Map writes its results to.</summary>
public sealed record ResultWriter : AslElement
{
    /// <summary>The action that writes, such as <c>arn:aws:states:::s3:putObject</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>JSONPath: what the action is given, such as <c>Bucket</c> and <c>Prefix</c>.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>JSONata: what the action is given.</summary>
    public JsonValue? Arguments { get; init; }

    /// <summary>The format of the results.</summary>
    public WriterConfig? WriterConfig { get; init; }
}
