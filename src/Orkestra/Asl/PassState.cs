using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Passes its input, or a given result, to its output (https://states-language.net/spec.html#pass-state).</summary>
public sealed record PassState : State
{
    /// <inheritdoc/>
    public override string Type => "Pass";

    /// <summary>JSONPath: the result, taken literally; the effective input when absent.</summary>
    public JsonValue? Result { get; init; }

    /// <summary>JSONPath: a payload template over the input.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>JSONPath: where in the input the result goes; it replaces the input when absent, and is discarded when null.</summary>
    public PathField ResultPath { get; init; }
}
