using BenchmarkDotNet.Attributes;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks.Parts;

/// <summary>Authored workflows run in this process, with their full history.</summary>
[MemoryDiagnoser]
public class WorkflowParts
{
    readonly WorkflowRunner ten = new(new TenSteps());
    readonly WorkflowRunner hello = new(new HelloOrkestra());

    [Benchmark]
    public Task<WorkflowResult> TenStepsInProcess() => ten.RunAsync(1);

    [Benchmark]
    public Task<WorkflowResult> HelloOrkestraInProcess() => hello.RunAsync(JsonValue.Null);
}
