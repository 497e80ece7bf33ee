using Orkestra.Authoring;

namespace Orkestra.Cdk.Tests;

/// <summary>A small workflow for tests.</summary>
public sealed class Orders : Workflow<Nothing, string>
{
    public static readonly Step<Nothing, int> Count = new(_ => 3) { Description = "Counts the open orders", Memory = 256 };
    public static readonly Step<int, string> Tell = new(count => $"{count} orders") { Timeout = TimeSpan.FromSeconds(6), Environment = new Dictionary<string, string> { ["UNIT"] = "orders" } };

    public override string Description => "Counts orders";

    public override Flow<Nothing, string> Define() => Count >> Tell;
}
