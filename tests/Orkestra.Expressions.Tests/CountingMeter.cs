using Orkestra.Expressions.Patterns;
using Shouldly;

namespace Orkestra.Expressions.Tests;

/// <summary>Counts steps without a limit.</summary>
sealed class CountingMeter : IWorkMeter
{
    internal long Steps { get; private set; }

    public void Step(int count) => Steps += count;

    public void CheckScratch(long bytes) => bytes.ShouldBeLessThan(64 << 20);
}
