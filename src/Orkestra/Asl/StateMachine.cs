namespace Orkestra.Asl;

/// <summary>
/// A document of the Amazon States Language (https://states-language.net/spec.html#toplevelfields). It is a value: two documents with the same content
/// are equal, however they were made.
/// </summary>
public sealed record StateMachine : StateGraph
{
    /// <summary>The version of the language, <c>1.0</c> when absent.</summary>
    public string? Version { get; init; }

    /// <summary>How many seconds an execution may take before it ends with the status TIMED_OUT; unlimited when absent.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>The query language of the states that do not name one; <see cref="Asl.QueryLanguage.JSONPath"/> when absent.</summary>
    public QueryLanguage? QueryLanguage { get; init; }
}
