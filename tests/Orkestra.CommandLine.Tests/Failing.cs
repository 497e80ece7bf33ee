using Orkestra.Authoring;

namespace Orkestra.CommandLine.Tests;

/// <summary>A workflow whose second step throws.</summary>
public sealed class Failing : Workflow<Order, string>
{
    static readonly Step<Order, int> CountLines = new(order => order.Lines.Length);

    static readonly Step<int, string> Check = new(count =>
        count > 2 ? "fine" : throw new ArgumentException($"{count} lines are too few"));

    public override Flow<Order, string> Define() => CountLines >> Check;
}
