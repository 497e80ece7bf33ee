namespace Orkestra.Expressions.Paths;

/// <summary>Limits of a path, so that a hostile one ends in an error.</summary>
public sealed record JsonPathOptions
{
    /// <summary>The defaults.</summary>
    public static JsonPathOptions Default { get; } = new();

    /// <summary>How many characters a path may have; 10,000 by default.</summary>
    public int MaxLength { get; init; } = 10_000;

    /// <summary>How deep filters, brackets and function calls may nest; 50 by default.</summary>
    public int MaxNesting { get; init; } = 50;

    /// <summary>How many nodes one evaluation may visit, those inside filters included; 5,000,000 by default.</summary>
    public int MaxVisits { get; init; } = 5_000_000;
}
