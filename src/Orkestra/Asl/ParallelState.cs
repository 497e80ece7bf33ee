using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Runs branches at the same time; its result is the array of their outputs (https://states-language.net/spec.html#parallel-state).</summary>
public sealed record ParallelState : FallibleState
{
    /// <inheritdoc/>
    public override string Type => "Parallel";

    /// <summary>The branches. The language requires at least one.</summary>
    public EquatableList<Branch> Branches { get; init; }

    /// <summary>JSONPath: a payload template over the input that makes the input of each branch.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>JSONata: the input of each branch; the state's input when absent.</summary>
    public JsonValue? Arguments { get; init; }
}
