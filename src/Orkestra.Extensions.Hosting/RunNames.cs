using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Orkestra.Extensions.Hosting;

/// <summary>The names of runs that follow from what they are for, so that one thing is not done twice.</summary>
internal static partial class RunNames
{
    // Room for "-rerun-123".
    const int LongestOfKey = 68;

    /// <summary>The run of a schedule at a fire time: <c>nightly-20260301T020000Z</c>.</summary>
    internal static string OfFireTime(string schedule, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{schedule}-{time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>A run of a schedule that someone asked for.</summary>
    internal static string OfMoment(string schedule, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{schedule}-now-{time.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");

    /// <summary>The run of a key: <c>DailyReport-2026-03-01</c>. What a name cannot have becomes <c>_</c>, and a hash tells such keys apart.</summary>
    internal static string OfKey(string workflow, string key)
    {
        var whole = $"{workflow}-{key}";
        var name = NotAllowed().Replace(whole, "_");
        if (name == whole && name.Length <= LongestOfKey && !Rerun().IsMatch(name)) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 6));
        return $"{name[..Math.Min(name.Length, LongestOfKey - hash.Length - 1)]}-{hash}";
    }

    internal static bool IsScheduleName(string name) => ScheduleName().IsMatch(name);

    [GeneratedRegex("[^A-Za-z0-9._=+@-]")]
    private static partial Regex NotAllowed();

    [GeneratedRegex("-rerun-[0-9]+$")]
    private static partial Regex Rerun();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,60}\z")]
    private static partial Regex ScheduleName();
}
