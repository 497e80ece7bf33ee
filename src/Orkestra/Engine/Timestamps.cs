using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>Times as text, in UTC with milliseconds, as the Context Object gives them.</summary>
internal static class Timestamps
{
    internal static string Format(long utcTicks) =>
        new DateTime(utcTicks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    internal static JsonString ToJson(long utcTicks) => JsonString.Create(Format(utcTicks));
}
