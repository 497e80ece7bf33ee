using System.Globalization;

namespace Orkestra.Tests.Authoring.Lowering.Page;

/// <summary>The rows of docs/expressions-in-csharp.md, in its order.</summary>
public static class PageRows
{
    static readonly string[] known = ["a", "b"];
    static readonly decimal rate = 1.2m;

    /// <summary>Rows whose value changes from one evaluation to the next.</summary>
    public static IReadOnlySet<string> Unsteady { get; } = new HashSet<string> { "Guid.NewGuid()", "DateTimeOffset.UtcNow", "o.At.AddHours(24) < DateTimeOffset.UtcNow", "o.At.AddMinutes(5)", "Random.Shared.NextDouble()" };

    public static PageRow[] All { get; } =
    [
        PageRow.Of(o => o.Id),
        PageRow.Of(o => o.Note),
        PageRow.Of(o => o.Pair.Count),
        PageRow.Of(o => o.Lines[0].Sku),
        PageRow.Of(o => o.Stock["a"]),
        PageRow.Of(o => o.Stock.ContainsKey(o.Id)),
        PageRow.Of(o => o.Price * rate),
        PageRow.Of(o => known),

        PageRow.Of(o => o.Price * o.Quantity + 1),
        PageRow.Of(o => o.Quantity / 2.0),
        PageRow.Of(o => o.Quantity / 2),
        PageRow.Of(o => o.Lines.Length / 2),
        PageRow.Of(o => o.Quantity % 3),
        PageRow.Of(o => (int)o.Weight),
        PageRow.Of(o => Math.Round(o.Price * rate, 2)),
        PageRow.Of(o => Math.Max(o.Quantity, 0)),
        PageRow.Of(o => decimal.Parse(o.Id, CultureInfo.InvariantCulture)),

        PageRow.Of(o => o.Paid && o.Quantity > 3 || o.Price >= 10),
        PageRow.Of(o => !o.Paid),
        PageRow.Of(o => o.Quantity > 3 ? "many" : "few"),
        PageRow.Of(o => o.Status == Status.Closed),
        PageRow.Of(o => o.Note == null),
        PageRow.Of(o => o.Note != "soon"),
        PageRow.Of(o => o.Note ?? "none"),
        PageRow.Of(o => o.Limit > 3),
        PageRow.Of(o => o.Limit + 1),
        PageRow.Of(o => o.Limit.HasValue ? o.Limit.Value * 2 : 0),
        PageRow.Of(o => string.IsNullOrEmpty(o.Note)),

        PageRow.Of(o => $"Order {o.Id} of {o.Quantity}"),
        PageRow.Of(o => "note: " + o.Note),
        PageRow.Of(o => $"{o.Price:F2}"),
        PageRow.Of(o => o.Id.Length),
        PageRow.Of(o => o.Id.ToUpperInvariant()),
        PageRow.Of(o => o.Id.Trim()),
        PageRow.Of(o => o.Id.Substring(0, 2)),
        PageRow.Of(o => o.Id.Contains("o-")),
        PageRow.Of(o => o.Id.StartsWith("o-", StringComparison.Ordinal)),
        PageRow.Of(o => o.Id.IndexOf('-')),
        PageRow.Of(o => o.Id.Replace("-", "_")),
        PageRow.Of(o => o.Id.Split('-', StringSplitOptions.None)),
        PageRow.Of(o => string.Join(", ", o.Tags)),
        PageRow.Of(o => o.Id.PadLeft(8, '0')),
        PageRow.Of(o => string.Equals(o.Id, "O-1", StringComparison.OrdinalIgnoreCase)),

        PageRow.Of(o => new { o.Id, Total = o.Price * o.Quantity }),
        PageRow.Of(o => new Label(o.Id, o.Quantity) { Colour = o.Note }),
        PageRow.Of(o => new[] { o.Quantity, 1 }),
        PageRow.Of(o => new Dictionary<string, int> { { o.Id, 1 } }),
        PageRow.Of(o => ValueTuple.Create(o.Id, o.Tags)),

        PageRow.Of(o => o.Lines.Select(l => l.Sku)),
        PageRow.Of(o => o.Lines.Select(l => l.Count * l.Cost)),
        PageRow.Of(o => o.Lines.Where(l => l.Count > 1).ToArray()),
        PageRow.Of(o => o.Lines.SelectMany(l => known.Select(k => k + l.Sku))),
        PageRow.Of(o => o.Lines.Sum(l => l.Cost)),
        PageRow.Of(o => o.Lines.Count(l => l.Count > 1)),
        PageRow.Of(o => o.Lines.Any(l => l.Count > 1)),
        PageRow.Of(o => o.Lines.All(l => l.Count > 1)),
        PageRow.Of(o => known.Contains(o.Id)),
        PageRow.Of(o => o.Lines.First(l => l.Count == 1).Sku),
        PageRow.Of(o => o.Tags.FirstOrDefault() ?? "none"),
        PageRow.Of(o => o.Tags.Skip(1)),
        PageRow.Of(o => o.Lines.Select(l => l.Sku).Distinct()),
        PageRow.Of(o => o.Lines.OrderBy(l => l.Cost).ThenByDescending(l => l.Sku)),
        PageRow.Of(o => o.Lines.MaxBy(l => l.Cost)!.Sku),
        PageRow.Of(o => o.Lines.GroupBy(l => l.Sku).Select(g => new { g.Key, Cost = g.Sum(l => l.Cost) })),
        PageRow.Of(o => o.Lines.Aggregate(0, (sum, l) => sum + l.Count)),
        PageRow.Of(o => o.Tags.ToDictionary(t => t, t => t.Length)),
        PageRow.Of(o => Enumerable.Range(1, o.Lines.Length)),
        PageRow.Of(o => from l in o.Lines where l.Count > 1 orderby l.Sku select l.Sku),

        PageRow.Of(o => o.At > new DateTimeOffset(2024, 2, 1, 0, 0, 0, TimeSpan.Zero)),
        PageRow.Of(o => o.At.AddHours(24) < DateTimeOffset.UtcNow),
        PageRow.Of(o => o.At.AddMinutes(5)),
        PageRow.Of(o => o.At.Year),
        PageRow.Of(o => o.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        PageRow.Of(o => DateTimeOffset.UtcNow),
        PageRow.Of(o => Guid.NewGuid()),
        PageRow.Of(o => Random.Shared.NextDouble()),

        PageRow.Of(o => o.Result.IsSuccess ? o.Result.Value : -1),
        PageRow.Of(o => o.Result.ValueOr(0)),
        PageRow.Of(o => o.Result.Error ?? "none"),
        PageRow.Of(o => o.Result.Match(value => $"got {value}", failure => failure.Error)),
    ];
}
