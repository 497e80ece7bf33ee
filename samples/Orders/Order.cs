public sealed record Order(string Id = "A-1", string Item = "lantern", int Quantity = 1);

public sealed record PricedOrder(string Id, decimal Total);

public sealed record Receipt(string OrderId, decimal Paid);
