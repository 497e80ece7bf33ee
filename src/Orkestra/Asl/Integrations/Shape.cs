namespace Orkestra.Asl.Integrations;

/// <summary>What a value looks like that a service takes or answers.</summary>
internal sealed class Shape(ShapeKind kind)
{
    internal static Shape Any { get; } = new(ShapeKind.Any);

    internal ShapeKind Kind => kind;

    /// <summary>The least length of a text, or the least number; null for none.</summary>
    internal long? Least { get; init; }

    /// <summary>The greatest length of a text, or the greatest number; null for none.</summary>
    internal long? Most { get; init; }

    /// <summary>The texts there are; null for any.</summary>
    internal string[]? Words { get; init; }

    /// <summary>What a list or a map holds.</summary>
    internal Shape Member { get; init; } = Any;

    /// <summary>The fields of a structure by name, without regard to case: the service's models and its documents differ in it.</summary>
    internal Dictionary<string, Shape> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that are always there, or must be given.</summary>
    internal List<string> Required { get; } = [];
}

/// <summary>What kind of JSON a value of a service is.</summary>
internal enum ShapeKind
{
    Any,
    Text,
    Number,
    Boolean,
    List,
    Map,
    Structure,
}
