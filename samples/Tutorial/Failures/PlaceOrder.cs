using Orkestra.Authoring;

namespace Tutorial.Failures;

public sealed class PlaceOrder : Workflow<Line[], Receipt>
{
    public static readonly Step<Line, decimal> Price = new(line => line.Quantity * 9.99m);
    public static readonly Step<decimal[], decimal> Sum = new(prices => prices.Sum());
    public static readonly Step<Line[], int> Weigh = new(lines => lines.Sum(line => line.Quantity * 20));
    public static readonly Step<(decimal Total, int Grams), decimal> AddShipping = new(order => order.Total + (order.Grams > 50 ? 5 : 2));
    public static readonly Step<decimal, Receipt> Charge = new(total => total <= 1000 ? new Receipt(total, "paid") : throw new CardDeclinedException("over the limit"));

    public override Flow<Line[], Receipt> Define() =>
        All(Price.Map() >> Sum, Weigh)
        >> AddShipping
        >> (Charge
            .Retry<HttpRequestException>(3, TimeSpan.FromSeconds(2))
            .Catch<CardDeclinedException>((total, error) => new Receipt(total, "declined: " + error.Message)));
}

public sealed class CardDeclinedException(string message) : Exception(message);
