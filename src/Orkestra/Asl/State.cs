using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>
/// A state (https://states-language.net/spec.html#statetypes). The fields here are those that most types share; which type allows which is a matter of
/// validation.
/// </summary>
public abstract record State : AslElement
{
    private protected State()
    {
    }

    /// <summary>The field <c>Type</c>: <c>Pass</c>, <c>Task</c>, <c>Choice</c>, <c>Wait</c>, <c>Succeed</c>, <c>Fail</c>, <c>Parallel</c> or <c>Map</c>.</summary>
    public abstract string? Type { get; }

    /// <summary>A text for people.</summary>
    public string? Comment { get; init; }

    /// <summary>The query language of this state; the machine's when absent.</summary>
    public QueryLanguage? QueryLanguage { get; init; }

    /// <summary>JSONPath: the part of the input the state works on; all of it when absent, <c>{}</c> when null.</summary>
    public PathField InputPath { get; init; }

    /// <summary>JSONPath: the part of the result that is the output; all of it when absent, <c>{}</c> when null.</summary>
    public PathField OutputPath { get; init; }

    /// <summary>JSONata: the output, any JSON value with expressions in it; the result when absent. An explicit null is <see cref="JsonValue.Null"/>.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The variables to set when the state succeeds, with expressions (JSONata) or as a payload template (JSONPath).</summary>
    public JsonObject? Assign { get; init; }

    /// <summary>The name of the state that follows.</summary>
    public string? Next { get; init; }

    /// <summary>Whether the graph ends with this state; the same as false when absent.</summary>
    public bool? End { get; init; }
}
