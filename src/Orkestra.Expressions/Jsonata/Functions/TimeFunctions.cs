using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/date-time-functions. The instant is the same for a whole evaluation.</summary>
internal static class TimeFunctions
{
    internal static NativeFunction[] All =>
    [
        new("now", "<s?s?:s>", 2, (run, args) => Format(run, run.Time.ToUnixTimeMilliseconds(), args[0], args[1])),
        new("millis", "<:n>", 0, (run, _) => JsonNumber.Create(run.Time.ToUnixTimeMilliseconds())),
        new("fromMillis", "<n-s?s?:s>", 3, (run, args) => args[0] is JsonNumber millis ? Format(run, millis.Value, args[1], args[2]) : null),
        new("toMillis", "<s-s?:n>", 2, (run, args) => args[0] is JsonString text ? Parse(run, text.Value, args[1]) : null),
    ];

    static JsonString Format(Run run, double millis, JsonValue? picture, JsonValue? timezone) =>
        Pictures.Use(run, (picture as JsonString)?.Value, (timezone as JsonString)?.Value, () => RegexFunction.Text(run, DateTimePicture.Format(millis, (picture as JsonString)?.Value, (timezone as JsonString)?.Value)));

    internal static JsonNumber? Parse(Run run, string text, JsonValue? picture) =>
        Pictures.Use(run, (picture as JsonString)?.Value, text, () => DateTimePicture.Parse(text, (picture as JsonString)?.Value, run.Time.ToUnixTimeMilliseconds(), run) is { } millis ? JsonNumber.FromDouble(millis) : null);
}
