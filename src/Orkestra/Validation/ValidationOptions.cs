using Orkestra.Asl;

namespace Orkestra.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>For a standard machine.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The kind of machine; <see cref="StateMachineType.Standard"/> by default. Express machines may not wait for jobs, callbacks or activities.</summary>
    public StateMachineType Type { get; init; } = StateMachineType.Standard;
}
