using Orkestra.Authoring;

namespace Orkestra.Benchmarks.Parts;

/// <summary>A chain of ten steps that do next to nothing.</summary>
public sealed class TenSteps : Workflow<int, int>
{
    static Step<int, int> Next(int number) => new(value => value + 1, $"Step{number}");

    public override Flow<int, int> Define() =>
        Next(1) >> Next(2) >> Next(3) >> Next(4) >> Next(5) >> Next(6) >> Next(7) >> Next(8) >> Next(9) >> Next(10);
}
