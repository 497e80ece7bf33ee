using Orkestra.Authoring;

public sealed partial class HelloOrkestra : Workflow<Nothing, string>
{
    static readonly Step<Nothing, Item> GenerateItem = new(_ => Item.Random());
    static readonly Step<Item, Item> AddPrice = new(item => item with { Price = 3.14m }) { Timeout = TimeSpan.FromSeconds(6) };
    static readonly Step<Item, Item[]> CopyItem = new(item => [.. Enumerable.Repeat(item, 10)]);
    static readonly Step<Item, Item> DoublePrice = new(item => item with { Price = item.Price * 2 });
    static readonly Step<object?, Nothing> DoNothing = new(_ => default);
    static readonly Step<object?, Nothing> AssertFalse = new(_ => throw new InvalidOperationException("assert false"));
    static readonly Step<object?, string> SayHello = new(_ => "hello, world");
    static readonly Step<object?, int> RandomInt = new(_ => Random.Shared.Next(100));
    static readonly Step<object?, double> RandomFloat = new(_ => Random.Shared.NextDouble());
    static readonly Step<object?, string> SayGoodbye = new(_ => "goodbye");

    public override Flow<Nothing, string> Define() =>
        GenerateItem
        >> AddPrice
        >> CopyItem
        >> DoublePrice.Map()            // Item[] -> Item[], one task per item
        >> (DoNothing, AssertFalse)     // tuple: parallel, errors become typed outcomes, the run goes on
        >> SayHello
        >> [RandomInt, RandomFloat]     // list: parallel, the first error fails the run
        >> SayGoodbye;
}
