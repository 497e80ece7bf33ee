using CsCheck;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl;

public sealed class RoundTripTests
{
    [Fact]
    public void Reading_what_was_written_gives_an_equal_document() => Documents.Machine.Sample(
        machine =>
        {
            var read = AslReader.Read(AslWriter.Write(machine, indented: false));
            read.Document.ShouldBe(machine);
            read.Document!.GetHashCode().ShouldBe(machine.GetHashCode());
            AslReader.Read(AslWriter.Write(machine, indented: true)).Document.ShouldBe(machine);
        },
        iter: 2000);

    [Fact]
    public void Writing_is_canonical() => Documents.Machine.Sample(
        machine =>
        {
            var text = AslWriter.Write(machine);
            AslWriter.Write(AslReader.Read(text).Document!).ShouldBe(text);
        },
        iter: 500);

    [Theory]
    [InlineData("definitions/*.json")]
    [InlineData("localstack/*.json")]
    [InlineData("validation/*.json")]
    public void Real_definitions_are_written_back_without_loss(string pattern)
    {
        var count = 0;
        foreach (var (file, data) in ConformanceData.Cases(pattern))
        {
            if (data["definition"] is not JsonObject definition || definition["States"] is null) continue;
            var read = AslReader.Read(definition.ToJson());
            AslWriter.ToJson(read.Document!).Equals(definition).ShouldBeTrue($"{file} {data.Id()}");
            AslReader.Read(AslWriter.Write(read.Document!)).Document.ShouldBe(read.Document, $"{file} {data.Id()}");
            count++;
        }

        count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Real_definitions_are_read_without_errors()
    {
        var refused = new List<string>();
        foreach (var (_, data) in ConformanceData.Cases("definitions/*.json"))
        {
            if (data["definition"] is not JsonObject definition) continue;
            if (AslReader.Read(definition.ToJson()).HasErrors) refused.Add(data.Id());
        }

        // A template whose Choices are the word DYNAMIC_ROUTING_CHOICES, filled in before it is deployed; and one whose QueryLanguage stands among its states.
        refused.ShouldBe([
            "guyernest/step-functions-agent:step-functions/dynamic-agent-template.json",
            "workflows-collection:shared-fallback-state-jsonata/statemachine/statemachine.asl.json",
        ]);
    }
}
