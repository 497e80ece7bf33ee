using System.Text.Json;
using System.Text.Json.Serialization;

// For Native AOT: what the steps and the expressions of both workflows take and give.
public sealed partial class OrderProcess
{
    protected override JsonSerializerOptions JsonOptions => OrdersProcessJson.Default.Options;
}

public sealed partial class Shipping
{
    protected override JsonSerializerOptions JsonOptions => OrdersProcessJson.Default.Options;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CustomerOrder))]
[JsonSerializable(typeof(Reviewed))]
[JsonSerializable(typeof(Parcels))]
[JsonSerializable(typeof(Shipped))]
[JsonSerializable(typeof(DeliveredOrder))]
[JsonSerializable(typeof(OrderResult))]
public sealed partial class OrdersProcessJson : JsonSerializerContext;
