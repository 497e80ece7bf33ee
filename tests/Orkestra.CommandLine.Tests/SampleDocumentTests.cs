using Orkestra.Asl;
using Orkestra.Authoring;
using Xunit;

namespace Orkestra.CommandLine.Tests;

/// <summary>The documents of the samples, word for word.</summary>
public sealed class SampleDocumentTests
{
    [Fact]
    public void HelloOrkestra_is_as_approved() => Check(new HelloOrkestra());

    [Fact]
    public void Orchestration_is_as_approved() => Check(new Orchestration());

    [Fact]
    public void MapJob_is_as_approved() => Check(new MapJob());

    [Fact]
    public void Composition_is_as_approved() => Check(new global::Composition());

    [Fact]
    public void SingleStep_is_as_approved() => Check(new SingleStep());

    [Fact]
    public void OrderProcess_is_as_approved() => Check(new OrderProcess());

    static void Check(Workflow workflow) => Approval.Check($"{workflow.Name}.asl.json", AslWriter.Write(workflow.Compile().Document));
}
