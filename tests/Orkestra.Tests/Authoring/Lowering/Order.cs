using System.Text.Json.Serialization;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>A payload with a member of every kind.</summary>
public sealed record Order(string Id, int Quantity, decimal Price)
{
    public string? Note { get; init; }

    public int? Limit { get; init; }

    public int Offset { get; init; }

    public double Weight { get; init; }

    public bool Paid { get; init; }

    public bool? Checked { get; init; }

    public char Letter { get; init; } = 'a';

    public Colour Colour { get; init; }

    public Mood Mood { get; init; }

    public Customer Customer { get; init; } = new("Ada", 36);

    public Customer? Agent { get; init; }

    public Line[] Lines { get; init; } = [];

    public List<string> Tags { get; init; } = [];

    public int[] Numbers { get; init; } = [];

    public int?[] Gaps { get; init; } = [];

    public int[][] Matrix { get; init; } = [];

    public Dictionary<string, int> Stock { get; init; } = [];

    public Dictionary<int, string> Rows { get; init; } = [];

    public (string Name, int Count) Pair { get; init; } = ("none", 0);

    public (int[] Values, string Unit) Series { get; init; } = ([], "m");

    public DateTimeOffset At { get; init; }

    public DateTime When { get; init; }

    public DateOnly Day { get; init; }

    public Guid Key { get; init; }

    [JsonPropertyName("odd name")]
    public string Odd { get; init; } = "";

    [JsonIgnore]
    public string Secret { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Bonus { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Urgent { get; init; }
}

public sealed record Customer(string Name, int Age)
{
    public string? Email { get; init; }
}

public sealed record Line(string Sku, int Count, decimal Cost)
{
    public string[] Labels { get; init; } = [];

    public string? Remark { get; init; }
}

public enum Colour
{
    Red,
    Green,
    Blue,
}

[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
public enum Mood
{
    Calm,
    Angry,
}

public sealed class Settings
{
    public string Name { get; set; } = "default";

    public int Retries { get; set; } = 3;

    public string? Comment { get; set; }
}

public sealed record Computed(int A, int B)
{
    public int Sum => A + B;
}
