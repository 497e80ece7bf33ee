using Orkestra.Authoring;
using Orkestra.CommandLine.Cases;
using Orkestra.Conformance.Measured;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests;

/// <summary>A run becomes a case in the layout of the measured cases, without the values it had.</summary>
public sealed class CaseFileTests
{
    [Fact]
    public async Task A_case_holds_the_run_without_its_values()
    {
        var file = Path.GetTempFileName();
        var run = await HostRun.OfAsync<SingleStep>("run", "--input", "\"Ada Lovelace\"", "--case", file);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);
        run.Output.ShouldBe("\"hello, Ada Lovelace\"\n");
        run.Error.ShouldContain($"The case is in '{file}'. Look through it before you share it");
        run.Error.ShouldNotContain("goes another way");
        text.ShouldNotContain("Ada");
        text.ShouldNotContain("Lovelace");
        var json = JsonValue.Parse(text);
        ((JsonString)json["input"]!).Value.Length.ShouldBe("Ada Lovelace".Length);
        json["expected"]!["status"].ShouldBe("SUCCEEDED");
        ((JsonString)json["expected"]!["output"]!).Value.Length.ShouldBe("hello, Ada Lovelace".Length);
        await AnswerAsync(json);
    }

    [Theory]
    [InlineData(typeof(HelloOrkestra), "")]
    [InlineData(typeof(Orchestration), "")]
    [InlineData(typeof(Failing), """{ "id": "A-1", "lines": ["bolt"] }""")]
    public async Task A_case_is_answered_again_as_it_was(Type workflow, string input)
    {
        var file = Path.GetTempFileName();
        string[] arguments = ["run", "--case", file, .. input.Length == 0 ? Array.Empty<string>() : ["--input", input]];
        await HostRun.OfAsync(() => (Workflow)Activator.CreateInstance(workflow)!, arguments);
        var json = JsonValue.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
        await AnswerAsync(json);
    }

    [Fact]
    public async Task A_case_that_cannot_be_written_is_an_error_of_usage()
    {
        var run = await HostRun.OfAsync<SingleStep>("run", "--case", Path.Combine(Path.GetTempPath(), "no", "such", "folder", "case.json"));
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("The case cannot be written to");
    }

    [Fact]
    public void Placeholders_keep_shape_and_length_and_what_the_document_says()
    {
        var placeholders = new Placeholders(JsonValue.Parse("""{"Choices":[{"Variable":"$.order.kind","StringEquals":"gold"}],"Limit":250}"""));
        placeholders.Replace(JsonValue.Parse("""{"order":{"kind":"gold","Name":"Anna Berg","mail":"a.b@example.org"},"amount":250,"total":-1234.50,"none":0,"big":9e20,"ok":true,"nothing":null}""")).ToJson()
            .ShouldBe("""{"order":{"kind":"gold","Aaaa":"Baaa Aaaa","caaa":"d.a@aaaaaaa.aaa"},"eaaaaa":250,"faaaa":-1111.11,"gaaa":0,"haa":1e20,"ia":true,"jaaaaaa":null}""");
        placeholders.Replace("Anna Berg").ShouldBe(placeholders.Replace("Anna Berg"));
        placeholders.Replace("Anna Bern").ShouldNotBe(placeholders.Replace("Anna Berg"));
        placeholders.Replace("2024-05-06T17:08:09.123+02:00").ShouldBe("2000-01-01T00:00:00.000+00:00");
        placeholders.Replace("日本, né 😀").Length.ShouldBe("日本, né 😀".Length);
        System.Text.Encoding.UTF8.GetByteCount(placeholders.Replace("日本, né")).ShouldBe(System.Text.Encoding.UTF8.GetByteCount("日本, né"));
        JsonValue.Parse(placeholders.ReplaceText("""{"errorMessage":"Anna Berg is not here"}""")).ShouldBeOfType<JsonObject>().Count.ShouldBe(1);
    }

    static async Task AnswerAsync(JsonValue json)
    {
        var measured = new MeasuredCase((JsonObject)json);
        MeasuredJudge.Differences(measured, await MeasuredRunner.AnswerAsync(measured)).ShouldBeEmpty();
    }
}
