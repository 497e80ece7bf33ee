using Shouldly;
using Xunit;

namespace Orkestra.Conformance.Tests;

public sealed class CorpusTests
{
    const string Absent = "The conformance data is not here: set ORKESTRA_CONFORMANCE to its folder, or put it in ../shared/conformance beside the repository.";

    static readonly IReadOnlyDictionary<(string File, string Id), string> Exclusions =
        Orkestra.Conformance.Exclusions.Read(Path.Combine(AppContext.BaseDirectory, "exclusions.md"));

    public static TheoryData<string> Files() => DataFolder() is { } data ? [.. Runner.Files(data)] : [""];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answers_are_the_recorded_ones(string file)
    {
        if (DataFolder() is not { } data)
        {
            Assert.Skip(Absent);
            return;
        }

        var wrong = new List<string>();
        var asked = 0;
        foreach (var corpusCase in Runner.Cases(data, file).Where(Judge.IsAsked))
        {
            if (Runner.AnswererOf(corpusCase.Kind) is not { } answerer) continue;
            asked++;
            string? difference;
            try
            {
                difference = Judge.Differs(corpusCase, await answerer.AnswerAsync(corpusCase));
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                difference = $"{problem.GetType().Name}: {problem.Message}";
            }

            var excluded = Exclusions.ContainsKey((corpusCase.File, corpusCase.Id));
            if (difference is not null && !excluded) wrong.Add($"- `{corpusCase.File}` `{corpusCase.Id}`: {difference}");
            if (difference is null && excluded) wrong.Add($"{corpusCase.File} {corpusCase.Id} is excluded but passes: take it out of exclusions.md");
        }

        if (asked == 0) Assert.Skip("No case of this file is about what is built.");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_answer_is_noticed()
    {
        var asked = new CorpusCase(
            "localstack/execution-x.json",
            (Expressions.Data.JsonObject)Expressions.Data.JsonValue.Parse(
                """{"expect":{"status":"SUCCEEDED","output":{"id":"<uuid:1>","n":1},"events":[{"id":1,"previousEventId":0,"type":"ExecutionStarted"}]}}"""),
            "");
        Differs("""{"status":"SUCCEEDED","output":"{\"id\":\"a\",\"n\":1.0}","events":[{"id":1,"previousEventId":0,"type":"ExecutionStarted"}]}""").ShouldBeNull();
        Differs("""{"status":"FAILED"}""").ShouldBe("outcome");
        Differs("""{"status":"SUCCEEDED","output":{"id":"a","n":2}}""").ShouldBe("outcome");
        Differs("""{"status":"SUCCEEDED","output":{"id":"a","n":1},"events":[{"id":1,"previousEventId":1,"type":"ExecutionStarted"}]}""").ShouldBe("history");

        string? Differs(string actual) => Judge.Differs(asked, Expressions.Data.JsonValue.Parse(actual));
    }

    static string? DataFolder() => SharedData.Folder("ORKESTRA_CONFORMANCE", "conformance");
}
