using System.Text;
using Orkestra.Hosting.Datasets;
using Shouldly;
using Xunit;

namespace Orkestra.Datasets.Tests;

public sealed class ZstandardCompressionTests
{
    [Theory]
    [InlineData("JSON", "[1,2]", "[1,2]")]
    [InlineData("JSONL", "1\n2\n", "[1,2]")]
    [InlineData("CSV", "a\n1\n", """[{"a":"1"}]""")]
    public async Task What_is_compressed_with_zstandard_is_unpacked(string type, string content, string json) =>
        (await Files.Read(await Files.Zstandard(Encoding.UTF8.GetBytes(content)), type)).ToJson().ShouldBe(json);

    [Fact]
    public async Task A_truncated_frame_is_a_failure_of_the_reader()
    {
        var packed = await Files.Zstandard(Encoding.UTF8.GetBytes("a\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"{number}\n"))));
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(packed[..(packed.Length / 2)], "CSV"))).Message.ShouldStartWith("Unable to read the object 'k' of the bucket 'b': ");
    }

    [Fact]
    public async Task A_bomb_is_read_no_further_than_its_first_items()
    {
        var packed = await Files.Zstandard(Encoding.UTF8.GetBytes("[" + new string(' ', 50_000_000) + "1]"));
        packed.Length.ShouldBeLessThan(100_000);
        var options = Files.Options with { MaxObjectBytes = 1_000_000 };
        (await Should.ThrowAsync<DatasetException>(() => Files.Read(packed, "JSON", options: options))).Message.ShouldContain("more than 1000000 bytes");
        var lines = await Files.Zstandard(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1\n", 5_000_000))));
        (await Files.Read(lines, "JSONL", 10, options)).Count.ShouldBe(10);
    }
}
