using Orkestra.Authoring;

namespace Orkestra.Cdk.Tests;

public sealed record Range(int From, decimal Step);

/// <summary>A workflow with an input, for tests.</summary>
public sealed class Counting : Workflow<Range, int>
{
    public static readonly Step<Range, int> First = new(range => range.From);

    public override Flow<Range, int> Define() => First;
}
