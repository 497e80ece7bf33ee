using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;

namespace Orkestra.Conformance.Answers;

/// <summary>RFC 9535 selectors.</summary>
sealed class JsonPathAnswers : IAnswerer
{
    public IReadOnlyCollection<string> Kinds => ["jsonpath"];

    public ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        JsonPath path;
        try
        {
            path = JsonPath.Compile(corpusCase.Text("selector") ?? "", JsonPathDialect.Rfc9535);
        }
        catch (JsonPathSyntaxException)
        {
            return new(JsonObject.Create(("invalid", true)));
        }

        return new(JsonObject.Create(("result", path.Evaluate(corpusCase.Json["document"] ?? JsonValue.Null) ?? JsonArray.Empty)));
    }
}
