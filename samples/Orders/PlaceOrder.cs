using Orkestra.Authoring;

/// <summary>Prices an order and charges for it.</summary>
public sealed class PlaceOrder : Workflow<Order, string>
{
    public override Flow<Order, string> Define() => OrderSteps.Price >> OrderSteps.Charge >> OrderSteps.Thank;
}
