using Orkestra.Authoring;

namespace Orkestra.Tests.Authoring.Lowering.Page;

public sealed record Order(string Id, int Quantity, decimal Price, Line[] Lines)
{
    public string? Note { get; init; }

    public int? Limit { get; init; }

    public bool Paid { get; init; }

    public double Weight { get; init; }

    public Status Status { get; init; }

    public DateTimeOffset At { get; init; }

    public string[] Tags { get; init; } = [];

    public Dictionary<string, int> Stock { get; init; } = [];

    public (string Name, int Count) Pair { get; init; }

    public Outcome<int> Result { get; init; } = Outcome.Success(1);
}

public sealed record Line(string Sku, int Count, decimal Cost);

public sealed record Label(string Text, int Size)
{
    public string? Colour { get; init; }
}

public enum Status
{
    Open,
    Closed,
}
