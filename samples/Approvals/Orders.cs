/// <summary>What a customer sends.</summary>
public sealed record Order(string Id, string Item, int Quantity, decimal Total);

/// <summary>What the workflow ends with.</summary>
public sealed record Receipt(string OrderId, decimal Paid, string ApprovedBy);
