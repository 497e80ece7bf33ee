namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Payloads with none, one and several of everything.</summary>
public static class Orders
{
    static readonly DateTimeOffset Noon = new(2024, 2, 29, 12, 30, 15, TimeSpan.FromHours(2));

    public static Order Empty { get; } = new("", 0, 0m);

    public static Order One { get; } = new("o-1", 7, 2.5m)
    {
        Note = "fragile",
        Limit = 3,
        Offset = -7,
        Weight = -1.5,
        Paid = true,
        Checked = true,
        Letter = 'z',
        Colour = Colour.Green,
        Mood = Mood.Angry,
        Customer = new("Grace", 45) { Email = "grace@example.org" },
        Agent = new("Alan", 41),
        Lines = [new("sku-1", 2, 1.5m) { Labels = ["red"], Remark = "soon" }],
        Tags = ["a"],
        Numbers = [4],
        Gaps = [null],
        Matrix = [[1, 2]],
        Stock = new() { ["apple"] = 3 },
        Rows = new() { [1] = "first" },
        Pair = ("one", 1),
        Series = ([5], "kg"),
        At = Noon,
        When = new(2024, 2, 29, 12, 30, 15, DateTimeKind.Utc),
        Day = new(2024, 2, 29),
        Key = new("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Odd = "it's \"odd\" \\ \n",
        Secret = "secret",
        Hint = "hint",
        Bonus = 9,
        Urgent = true,
    };

    public static Order Many { get; } = new("ORDER-2", -13, 19.99m)
    {
        Note = "",
        Limit = -20,
        Offset = 4,
        Weight = 2.25,
        Checked = false,
        Colour = Colour.Blue,
        Customer = new(" Linus  T ", 18),
        Agent = new("Barbara", 52) { Email = "b@example.org" },
        Lines =
        [
            new("sku-2", 1, 10m) { Labels = ["x", "y"] },
            new("sku-3", 5, 0.25m) { Labels = [], Remark = "" },
            new("sku-1", 1, 7.75m) { Labels = ["x"], Remark = "late" },
        ],
        Tags = ["b", "a", "b", "c"],
        Numbers = [3, 1, 2, 1, -5],
        Gaps = [1, null, 3],
        Matrix = [[3, 4], [], [5]],
        Stock = new() { ["pear"] = 0, ["apple"] = 12 },
        Rows = new() { [1] = "first", [20] = "twentieth" },
        Pair = ("many", 9),
        Series = ([1, 2, 3], "g"),
        At = Noon.AddDays(1).ToOffset(TimeSpan.Zero).AddMilliseconds(250),
        When = new(2025, 1, 1, 0, 0, 0, 500, DateTimeKind.Utc),
        Day = new(2025, 1, 1),
        Key = new("ffffffff-d9cb-469f-a165-70867728950e"),
        Odd = "plain",
    };

    public static Order[] All { get; } = [Empty, One, Many];
}
