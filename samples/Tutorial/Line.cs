namespace Tutorial;

public sealed record Line(string Product, int Quantity);

public sealed record Receipt(decimal Total, string Status);
