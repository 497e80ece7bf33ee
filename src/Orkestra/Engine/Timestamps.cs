using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>Times as text, in UTC with milliseconds, as the Context Object gives them: <c>2026-05-01T12:00:00.000Z</c>.</summary>
public static class Timestamps
{
    /// <summary>The text of a time.</summary>
    /// <param name="time">The time, in any time zone.</param>
    public static string Format(DateTimeOffset time) => Format(time.UtcTicks);

    internal static string Format(long utcTicks) =>
        new DateTime(utcTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static JsonString ToJson(long utcTicks) => JsonString.Create(Format(utcTicks));
}
