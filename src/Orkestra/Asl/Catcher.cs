using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Where to go when a state failed for good (https://states-language.net/spec.html#fallback-states).</summary>
public sealed record Catcher : AslElement
{
    /// <summary>A text for people.</summary>
    public string? Comment { get; init; }

    /// <summary>The names of the errors this is for. The language requires at least one.</summary>
    public EquatableList<string> ErrorEquals { get; init; }

    /// <summary>The name of the state to go to. The language requires it.</summary>
    public string? Next { get; init; }

    /// <summary>JSONPath: where in the input the error goes; it replaces the input when absent, and is discarded when null.</summary>
    public PathField ResultPath { get; init; }

    /// <summary>The variables to set when this catches, in place of the state's own.</summary>
    public JsonObject? Assign { get; init; }

    /// <summary>JSONata: the output when this catches; the error when absent.</summary>
    public JsonValue? Output { get; init; }
}
