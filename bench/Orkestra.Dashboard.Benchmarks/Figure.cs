using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orkestra.Dashboard.Benchmarks;

static class Figure
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints a figure with what it should be.</summary>
    internal static void Print(string name, double value, string unit, string target) =>
        Console.WriteLine(JsonSerializer.Serialize(new { name, value = double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), unit, target }, Plain));

    internal static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
