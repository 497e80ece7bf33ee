using Orkestra.Conformance.Measured;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Conformance.Tests;

/// <summary>Behavior that was measured on AWS, is documented, or was inferred, one case a file: every file is run, of whatever kind.</summary>
public sealed class MeasuredCasesTests
{
    const string Absent = "The measured cases are not here: set ORKESTRA_CASES to their folder, or put it in ../shared/cases beside the repository.";

    static readonly IReadOnlyDictionary<(string File, string Id), string> Exclusions =
        Orkestra.Conformance.Exclusions.Read(Path.Combine(AppContext.BaseDirectory, "exclusions.md"));

    static string? Folder => SharedData.Folder("ORKESTRA_CASES", MeasuredCase.Pool);

    [Fact]
    public async Task Every_case_is_answered_as_measured()
    {
        if (Folder is not { } folder)
        {
            Assert.Skip(Absent);
            return;
        }

        var wrong = new List<string>();
        var cases = MeasuredCase.ReadAll(folder).ToArray();
        foreach (var measured in cases)
        {
            var differences = MeasuredJudge.Differences(measured, await MeasuredRunner.AnswerAsync(measured));
            var excluded = Exclusions.ContainsKey((MeasuredCase.Pool, measured.Id));
            if (differences.Count > 0 && !excluded) wrong.Add($"{measured.Id} ({measured.Family}, {measured.Certainty}): {string.Join("; ", differences)}");
            if (differences.Count == 0 && excluded) wrong.Add($"{measured.Id} is excluded but right: take it out of exclusions.md");
        }

        cases.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_exclusion_is_a_case()
    {
        if (Folder is not { } folder)
        {
            Assert.Skip(Absent);
            return;
        }

        var known = MeasuredCase.ReadAll(folder).Select(measured => measured.Id).ToHashSet(StringComparer.Ordinal);
        Exclusions.Keys.Where(excluded => excluded.File == MeasuredCase.Pool && !known.Contains(excluded.Id)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"status":"SUCCEEDED","outputText":"{\"n\":1}","calls":1}""", true)]
    [InlineData("""{"status":"SUCCEEDED","outputText":"{\"n\":1.0}","calls":1}""", false)]
    [InlineData("""{"status":"SUCCEEDED","outputText":"{\"n\":1,\"m\":2}","calls":1}""", false)]
    [InlineData("""{"status":"FAILED","error":"E","calls":1}""", false)]
    [InlineData("""{"status":"SUCCEEDED","outputText":"{\"n\":1}","calls":2}""", false)]
    [InlineData("""{"refusal":"Invalid"}""", false)]
    [InlineData("""{"exception":"broken"}""", false)]
    public void A_wrong_answer_is_noticed(string answer, bool isRight)
    {
        var measured = new MeasuredCase((JsonObject)JsonValue.Parse("""{"id":"x","kind":"execution","expected":{"status":"SUCCEEDED","output":{"n":1},"calls":1,"absent":["error"]}}"""));
        (MeasuredJudge.Differences(measured, (JsonObject)JsonValue.Parse(answer)).Count == 0).ShouldBe(isRight);
    }

    [Fact]
    public void A_wrong_history_is_noticed()
    {
        var answer = (JsonObject)JsonValue.Parse("""{"status":"FAILED","events":[[1,"ExecutionStarted",0,{}],[2,"FailStateEntered",0,{"name":"F"}],[3,"ExecutionFailed",2,{"error":"E"}]]}""");
        Wrong("""{"events":[["ExecutionStarted",0],["FailStateEntered",0],["ExecutionFailed",2]],"details":[[3,{"error":"~E+"}]],"noDetail":[[3,"cause"]],"chain":[["ExecutionFailed","FailStateEntered"]]}""")
            .ShouldBe(0);
        Wrong("""{"events":[["ExecutionStarted",0],["FailStateEntered",1],["ExecutionFailed",2]]}""").ShouldBe(1);
        Wrong("""{"details":[[3,{"error":"F"}]],"noDetail":[[3,"error"]],"chain":[["FailStateEntered","ExecutionStarted"]],"tailTypes":["FailStateEntered"]}""").ShouldBe(4);
        Wrong("""{"something":1}""").ShouldBe(1);

        int Wrong(string expected) => MeasuredJudge.Differences(
            new MeasuredCase(JsonObject.Create(("id", "x"), ("kind", "execution"), ("expected", JsonValue.Parse(expected)))), answer).Count;
    }
}
