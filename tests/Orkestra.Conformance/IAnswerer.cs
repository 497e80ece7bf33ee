using Orkestra.Expressions.Data;

namespace Orkestra.Conformance;

/// <summary>Answers the cases of some kinds by asking the product.</summary>
interface IAnswerer
{
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>The answer in the form the judge expects for the case's kind.</summary>
    ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase);
}
