using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;

namespace Orkestra.Client.Tests;

public sealed record Order(string Id, int Quantity);

public sealed record Receipt(string OrderId, decimal Paid);

/// <summary>Fails until it is allowed to succeed.</summary>
public sealed class Till
{
    public bool IsOpen { get; set; } = true;
}

public sealed class TillClosedException() : Exception("The till is closed.");

public sealed class PlaceOrder : Workflow<Order, Receipt>
{
    static readonly Step<Order, Receipt> Charge = new((order, context) =>
        context.Services.GetRequiredService<Till>().IsOpen ? new Receipt(order.Id, order.Quantity * 12.5m) : throw new TillClosedException());

    public override Flow<Order, Receipt> Define() => Charge;
}

public sealed class Nightly : Workflow<Nothing, string>
{
    static readonly Step<Nothing, string> Report = new(_ => "filed");

    public override Flow<Nothing, string> Define() => Report;
}
