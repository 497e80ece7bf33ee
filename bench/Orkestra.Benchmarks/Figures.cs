using System.Globalization;

namespace Orkestra.Benchmarks;

static class Figures
{
    /// <summary>Four digits, as the peers print.</summary>
    internal static double Rounded(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
