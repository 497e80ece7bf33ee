using Orkestra.Authoring;

namespace Orkestra.Testing.Tests.ComingFrom;

public sealed class PythonOrkestra : Workflow<Nothing, string>
{
    static readonly Step<Nothing, Item> GenerateItem = new(_ => new Item("hat", 3.14m)) { Timeout = TimeSpan.FromSeconds(6) };
    static readonly Step<Item, Item[]> CopyItem = new(item => [.. Enumerable.Repeat(item, 10)]);
    static readonly Step<Item, Item> DoublePrice = new(item => item with { Price = item.Price * 2 });
    static readonly Step<object?, Nothing> DoNothing = new(_ => default);
    static readonly Step<object?, Nothing> AssertFalse = new(_ => throw new InvalidOperationException("assert false"));
    static readonly Step<object?, string> SayGoodbye = new(_ => "goodbye");

    public override Flow<Nothing, string> Define() =>
        GenerateItem
        >> CopyItem
        >> DoublePrice.Map()
        >> (DoNothing, AssertFalse)
        >> SayGoodbye;
}
