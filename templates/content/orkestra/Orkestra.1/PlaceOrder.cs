using Orkestra.Authoring;

namespace Orkestra._1;

/// <summary>Prices each line of an order, adds the prices up, and charges the total.</summary>
public sealed class PlaceOrder : Workflow<Line[], Receipt>
{
    public static readonly Step<Line, decimal> Price = new(line => line.Quantity * 9.99m);
    public static readonly Step<decimal[], decimal> Sum = new(prices => prices.Sum());
    public static readonly Step<decimal, Receipt> Charge = new(total => new Receipt(total, "paid"));

    public override Flow<Line[], Receipt> Define() =>
        Price.Map()         // Line[] -> decimal[], one task per line
        >> Sum
        >> Charge.Retry(3);
}

public sealed record Line(string Product, int Quantity);

public sealed record Receipt(decimal Total, string Status);
