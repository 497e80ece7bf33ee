namespace Orkestra.Expressions.Jsonata;

/// <summary>How an expression is read.</summary>
public sealed record JsonataOptions
{
    /// <summary>Standard JSONata.</summary>
    public static JsonataOptions Standard { get; } = new();

    /// <summary>The flavour of AWS Step Functions.</summary>
    public static JsonataOptions StepFunctions { get; } = new() { Dialect = JsonataDialect.StepFunctions };

    /// <summary>The flavour; <see cref="JsonataDialect.Standard"/> by default.</summary>
    public JsonataDialect Dialect { get; init; }

    /// <summary>How deep an expression may nest; 500 levels by default. A deeper one is refused with code U1002.</summary>
    public int MaxNesting { get; init; } = 500;
}
