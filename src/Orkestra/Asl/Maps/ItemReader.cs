using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Maps;

/// <summary>Where a distributed Map reads its items from.</summary>
public sealed record ItemReader : AslElement
{
    /// <summary>The action that reads, such as <c>arn:aws:states:::s3:getObject</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>JSONPath: what the action is given, such as <c>Bucket</c> and <c>Key</c>.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>JSONata: what the action is given.</summary>
    public JsonValue? Arguments { get; init; }

    /// <summary>The format of the dataset.</summary>
    public ReaderConfig? ReaderConfig { get; init; }
}
