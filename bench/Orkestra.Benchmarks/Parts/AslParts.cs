using BenchmarkDotNet.Attributes;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Validation;

namespace Orkestra.Benchmarks.Parts;

/// <summary>Documents: read, checked, written, made ready to run, and made of C#.</summary>
[MemoryDiagnoser]
public class AslParts
{
    readonly StateMachine document = new HelloOrkestra().Compile().Document;
    string json = "";

    [GlobalSetup]
    public void Setup() => json = AslWriter.Write(document);

    [Benchmark]
    public StateMachine Read() => AslReader.Parse(json);

    [Benchmark]
    public string Write() => AslWriter.Write(document);

    [Benchmark]
    public ValidationResult Validate() => StateMachineValidator.Validate(document);

    [Benchmark]
    public ExecutionPlan Plan() => ExecutionPlan.Compile(document);

    [Benchmark]
    public WorkflowDefinition CompileHelloOrkestra() => new HelloOrkestra().Compile();
}
