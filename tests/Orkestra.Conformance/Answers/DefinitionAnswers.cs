using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Conformance.Answers;

/// <summary>Real state machines: valid when they are read, written and read again without loss.</summary>
sealed class DefinitionAnswers : IAnswerer
{
    public IReadOnlyCollection<string> Kinds => ["definitions"];

    public ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        var read = AslReader.Read(corpusCase.DefinitionText);
        if (read.Document is null) return new(Answer(false, string.Join("; ", read.Diagnostics.Select(diagnostic => diagnostic.Message))));
        var written = AslWriter.Write(read.Document);
        return new(JsonValue.Parse(written) == JsonValue.Parse(corpusCase.DefinitionText) ? Answer(true, "") : Answer(false, "written and read back it differs"));
    }

    static JsonObject Answer(bool valid, string message) => JsonObject.Create(("valid", valid), ("message", message));
}
