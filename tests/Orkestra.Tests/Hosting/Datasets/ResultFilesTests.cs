using System.Text;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Datasets;

public sealed class ResultFilesTests
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    static readonly ChildResult[] Children =
    [
        new() { ExecutionArn = "e0", StateMachineArn = "m", Name = "0", Status = "SUCCEEDED", Input = 1, Output = JsonValue.Parse("[1,2]") },
        new() { ExecutionArn = "e1", StateMachineArn = "m", Name = "1", Status = "FAILED", Input = 2, Error = "E", Cause = "C" },
        new() { ExecutionArn = "e2", StateMachineArn = "m", Name = "2", Status = "SUCCEEDED", Input = 3, Output = JsonValue.Parse("{\"x\":3}") },
        new() { ExecutionArn = "e3", StateMachineArn = "m", Name = "3", Status = "TIMED_OUT", Input = 4, Error = "States.Timeout" },
    ];

    readonly MemoryObjectStore store = new();

    [Theory]
    [InlineData("NONE", null, "SUCCEEDED_0.json", null)]
    [InlineData("COMPACT", "JSON", "SUCCEEDED_0.json", """[[1,2],{"x":3}]""")]
    [InlineData("FLATTEN", "JSON", "SUCCEEDED_0.json", """[1,2,{"x":3}]""")]
    [InlineData("COMPACT", "JSONL", "SUCCEEDED_0.jsonl", "[1,2]\n{\"x\":3}\n")]
    [InlineData("FLATTEN", "JSONL", "SUCCEEDED_0.jsonl", "1\n2\n{\"x\":3}\n")]
    public async Task Results_are_written_by_status_with_a_manifest(string transformation, string? type, string file, string? content)
    {
        var result = await Write(new WriterConfig { OutputType = type, Transformation = transformation }, "jobs/");
        result.ToJson().ShouldBe("""{"MapRunArn":"arn:run","ResultWriterDetails":{"Bucket":"out","Key":"jobs/id/manifest.json"}}""");
        var manifest = JsonValue.Parse(await Text("jobs/id/manifest.json"));
        var text = await Text($"jobs/id/{file}");
        if (content is not null) text.ShouldBe(content);
        else JsonValue.Parse(text)[0]!["Output"].ShouldBe((JsonValue)"[1,2]");
        manifest["ResultFiles"]!["SUCCEEDED"].ShouldBe(JsonValue.Parse($$"""[{"Key":"jobs/id/{{file}}","Size":{{text.Length}}}]"""));
        manifest["ResultFiles"]!["PENDING"].ShouldBe(JsonArray.Empty);
        var failed = await Text($"jobs/id/{file.Replace("SUCCEEDED", "FAILED", StringComparison.Ordinal)}");
        failed.ShouldContain("\"Error\":\"E\"");
        failed.ShouldContain("\"Status\":\"TIMED_OUT\"");
        failed.ShouldContain("\"Input\":\"2\"");
    }

    [Theory]
    [InlineData("JSON", 12, "[[1,2]]", """[{"x":3}]""")]
    [InlineData("JSONL", 12, "[1,2]\n", "{\"x\":3}\n")]
    [InlineData("JSON", 1, "[[1,2]]", """[{"x":3}]""")]
    public async Task A_full_file_is_followed_by_another(string type, int largest, string first, string second)
    {
        await Write(new WriterConfig { OutputType = type, Transformation = "COMPACT" }, null, largest);
        var files = (JsonArray)JsonValue.Parse(await Text("id/manifest.json"))["ResultFiles"]!["SUCCEEDED"]!;
        files.Count.ShouldBe(2);
        (await Text(((JsonString)files[0]["Key"]!).Value)).ShouldBe(first);
        (await Text(((JsonString)files[1]["Key"]!).Value)).ShouldBe(second);
    }

    [Fact]
    public async Task Without_a_resource_the_results_are_the_output()
    {
        (await ResultFiles.WriteAsync(null, new ResultWriter { WriterConfig = new WriterConfig { Transformation = "FLATTEN" } }, JsonObject.Empty, "arn:run", "id", Children[..1], Cancellation))
            .ToJson().ShouldBe("[1,2]");
    }

    [Theory]
    [InlineData("""{ "Prefix": "p" }""", "The result writer needs the text 'Bucket'.")]
    [InlineData("""{ "Bucket": "" }""", "The result writer needs the text 'Bucket'.")]
    [InlineData("""{ "Bucket": "b", "Prefix": 1 }""", "The result writer's 'Prefix' must be a text.")]
    public async Task Arguments_that_name_no_place_are_refused(string arguments, string cause) =>
        (await Should.ThrowAsync<DatasetException>(async () =>
            await ResultFiles.WriteAsync(store, new ResultWriter { Resource = "r" }, JsonValue.Parse(arguments), "arn:run", "id", Children, Cancellation))).Message.ShouldBe(cause);

    [Fact]
    public async Task Nowhere_to_write_is_said() =>
        (await Should.ThrowAsync<DatasetException>(async () =>
            await ResultFiles.WriteAsync(null, new ResultWriter { Resource = "r" }, JsonObject.Empty, "arn:run", "id", Children, Cancellation))).Message
            .ShouldBe("There is no object store for 'r' to write to. Give the runtime one.");

    async Task<JsonValue> Write(WriterConfig config, string? prefix, int largest = ResultFiles.LargestFile) => await ResultFiles.WriteAsync(
        store, new ResultWriter { Resource = "arn:aws:states:::s3:putObject", WriterConfig = config }, JsonObject.Create(("Bucket", "out"), ("Prefix", prefix)), "arn:run", "id",
        Children, Cancellation, largest);

    async Task<string> Text(string key) => Encoding.UTF8.GetString((await store.ReadAsync("out", key, Cancellation))!.Value.Span);
}
