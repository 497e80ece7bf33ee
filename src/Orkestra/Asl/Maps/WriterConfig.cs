namespace Orkestra.Asl.Maps;

/// <summary>The format of what a <see cref="ResultWriter"/> writes.</summary>
public sealed record WriterConfig : AslElement
{
    /// <summary><c>NONE</c>, <c>COMPACT</c> or <c>FLATTEN</c>.</summary>
    public string? Transformation { get; init; }

    /// <summary><c>JSON</c> or <c>JSONL</c>.</summary>
    public string? OutputType { get; init; }
}
