using Orkestra.Authoring;

namespace Orkestra._1;

/// <summary>Charges an order, waits until it can no longer be canceled, and ships it.</summary>
public sealed class PlaceOrder : Workflow<Order, Parcel>
{
    public static readonly Step<Order, Order> Charge = new(order => order.Total > 0 ? order : throw new ArgumentException($"Order {order.Id} has no price."));
    public static readonly Step<Order, Parcel> Ship = new(order => new Parcel(order.Id, $"TRACK-{order.Id}"));

    public override Flow<Order, Parcel> Define() =>
        Charge.Retry<HttpRequestException>(3)
        >> Wait.For(TimeSpan.FromSeconds(5))
        >> Ship;
}

public sealed record Order(string Id, decimal Total);

public sealed record Parcel(string OrderId, string Tracking);
