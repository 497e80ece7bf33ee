using Orkestra.Authoring;

namespace Orkestra.Testing.Tests;

sealed class CardDeclined() : Exception("no money");

sealed record Order(string Id, decimal Amount);

sealed class Checkout : Workflow<Order, string>
{
    public static readonly Step<Order, string> Charge = new(order => $"receipt for {order.Id}");
    public static readonly Step<string, string> Ship = new(receipt => $"shipped: {receipt}");

    public override Flow<Order, string> Define() =>
        Charge.Retry(3, TimeSpan.FromMinutes(1)) >> Wait.For(TimeSpan.FromDays(1)) >> Ship;
}
