using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Conformance.Answers;

/// <summary>Which variables each state reads.</summary>
sealed class VariableReferenceAnswers : IAnswerer
{
    public IReadOnlyCollection<string> Kinds => ["variable-references"];

    public ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase) =>
        new(JsonObject.Create(("variableReferences", VariableReferences.ToJson(AslReader.Parse(corpusCase.DefinitionText)))));
}
