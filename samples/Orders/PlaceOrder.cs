using System.Text.Json;
using Orkestra.Authoring;

/// <summary>Prices an order and charges for it.</summary>
public sealed class PlaceOrder : Workflow<Order, string>
{
    protected override JsonSerializerOptions JsonOptions => OrderJson.Default.Options;

    public override Flow<Order, string> Define() => OrderSteps.Price >> OrderSteps.Charge >> OrderSteps.Thank;
}
