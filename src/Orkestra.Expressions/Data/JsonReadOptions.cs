namespace Orkestra.Expressions.Data;

/// <summary>What the reader of JSON text allows.</summary>
public sealed record JsonReadOptions
{
    /// <summary>1,000 levels and no limit of size.</summary>
    public static JsonReadOptions Default { get; } = new();

    /// <summary>How deep arrays and objects may nest; 1,000 by default, 10,000 at most.</summary>
    public int MaxDepth { get; init; } = 1000;

    /// <summary>How many bytes of UTF-8 the text may have; unlimited by default.</summary>
    public int MaxBytes { get; init; } = int.MaxValue;
}
