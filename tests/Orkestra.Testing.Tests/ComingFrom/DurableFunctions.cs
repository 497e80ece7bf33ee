using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class DurableFunctions : Workflow<string[], decimal>
{
    public static readonly Step<string, Item> GetPrice = new(id => new Item(id, id.Length));
    public static readonly Step<Item[], decimal> AddUp = new(items => items.Sum(item => item.Price));

    public override Flow<string[], decimal> Define() =>
        GetPrice.Retry(3, TimeSpan.FromSeconds(5)).Map(maxConcurrency: 10)
        >> AddUp;
}
