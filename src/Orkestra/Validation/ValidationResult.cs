using System.Text;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation;

/// <summary>What the service would say about a document.</summary>
/// <param name="Diagnostics">All problems, in the order in which the service names them.</param>
public sealed record ValidationResult(EquatableList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the service would accept the document: there is no error. Warnings do not count.</summary>
    public bool IsValid => !Diagnostics.Any(diagnostic => diagnostic.IsError);

    /// <summary>
    /// The message of the exception <c>InvalidDefinition</c> with which CreateStateMachine and UpdateStateMachine refuse the document; null when they accept it.
    /// </summary>
    public string? RefusalMessage
    {
        get
        {
            if (IsValid) return null;
            var text = new StringBuilder("Invalid State Machine Definition: '");
            text.AppendJoin(", ", Diagnostics.Where(problem => problem.IsError).Select(problem => $"{problem.Id}: {problem.Message} at {problem.Location ?? "null"}"));
            return text.Append('\'').ToString();
        }
    }

    /// <summary>The answer of ValidateStateMachineDefinition: <c>result</c>, <c>diagnostics</c> and <c>truncated</c>.</summary>
    /// <param name="severity">The least severity to tell; <see cref="DiagnosticSeverity.Error"/> by default.</param>
    /// <param name="maxResults">How many diagnostics to tell at most; 100 by default, as when 0 is given.</param>
    public JsonObject ToResponse(DiagnosticSeverity severity = DiagnosticSeverity.Error, int maxResults = 100)
    {
        if (maxResults <= 0) maxResults = 100;
        var told = Diagnostics.Where(problem => problem.Severity >= severity).ToArray();
        return JsonObject.Create(
            ("result", IsValid ? "OK" : "FAIL"),
            ("diagnostics", JsonArray.Create(told.Take(maxResults).Select(ToJson))),
            ("truncated", told.Length > maxResults));
    }

    static JsonValue ToJson(Diagnostic problem)
    {
        var json = JsonObject.Create(
            ("severity", problem.IsError ? "ERROR" : "WARNING"),
            ("code", problem.Id),
            ("message", problem.Message));
        return problem.Location is null ? json : json.With("location", problem.Location);
    }
}
