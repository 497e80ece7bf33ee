using System.ComponentModel;
using Orkestra.Authoring;

namespace Orkestra.Dashboard.Tests;

/// <summary>How fast an order is sent.</summary>
public enum Speed
{
    Normal,
    Express,
}

/// <summary>The input of <see cref="PlaceOrder"/>.</summary>
public sealed record Order(
    [property: Description("The number on the invoice")] string Number,
    [property: Description("How many pieces; at least 1")] int Quantity,
    decimal Price,
    bool IsGift = false,
    string? Note = null);

public sealed record PricedOrder(string Number, int Quantity, decimal Price, decimal Total);

/// <summary>A workflow in C#: its steps run in the process of the tests.</summary>
public sealed partial class PlaceOrder : Workflow<Order, PricedOrder>
{
    static readonly Step<Order, Order> CheckStock = new(order => order.Quantity > 0 ? order : throw new InvalidOperationException($"Order {order.Number} has no pieces"));
    static readonly Step<Order, PricedOrder> AddTotal = new(order => new PricedOrder(order.Number, order.Quantity, order.Price, order.Price * order.Quantity));
    static readonly Step<PricedOrder, PricedOrder> Charge = new(order => order.Total <= 10_000 ? order : throw new ArgumentException("The card was declined"));

    public override string? Description => "Checks the stock, adds the total, charges the card";

    public override Flow<Order, PricedOrder> Define() => CheckStock >> AddTotal >> Charge;
}
