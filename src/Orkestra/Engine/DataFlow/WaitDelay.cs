using System.Globalization;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>How long a Wait state waits: one of its fields Seconds, SecondsPath, Timestamp and TimestampPath.</summary>
/// <param name="name">The field's name.</param>
/// <param name="value">The field's value.</param>
/// <param name="path">The path's text; null when the field is no path.</param>
/// <param name="isJsonata">Whether the state is JSONata.</param>
internal sealed class WaitDelay(string name, Template value, string? path, bool isJsonata)
{
    const long LongestSeconds = int.MaxValue;

    bool IsTimestamp => name.StartsWith("Timestamp", StringComparison.Ordinal);

    /// <summary>When the state ends, in UTC ticks.</summary>
    internal long Due(Evaluation at, long now)
    {
        var due = value.Evaluate(at);
        return IsTimestamp ? Until(due, now) : After(due, now);
    }

    long After(JsonValue seconds, long now)
    {
        if (path is not null && seconds is JsonNull) throw new EvaluationException(ErrorNames.Runtime, $"The SecondsPath parameter does not reference an input value: {path}");
        if (seconds is not JsonNumber number || !number.TryGetInt64(out var whole))
        {
            throw path is not null
                ? new EvaluationException(ErrorNames.Runtime, $"The SecondsPath parameter cannot be parsed as a long value: {path} == {Text(seconds)}")
                : new EvaluationException(ErrorNames.QueryEvaluationError, $"The Seconds field cannot be parsed as a long value: {Text(seconds)}", name);
        }

        if (whole < 0)
        {
            throw path is not null
                ? new EvaluationException(ErrorNames.Runtime, $"The SecondsPath parameter references a negative value: {path} == {whole}")
                : new EvaluationException(ErrorNames.QueryEvaluationError, $"The Seconds field must be a non-negative value: {whole}", name);
        }

        if (whole > LongestSeconds) throw TooLong();
        return now + whole * TimeSpan.TicksPerSecond;
    }

    long Until(JsonValue timestamp, long now)
    {
        if (timestamp is not JsonString text || !Rfc3339.TryParseGiven(text.Value, out var ticks))
        {
            throw path is not null
                ? new EvaluationException(ErrorNames.Runtime, $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {path} == {Text(timestamp)}")
                : new EvaluationException(ErrorNames.QueryEvaluationError, $"The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {Text(timestamp)}", name);
        }

        if ((ticks - now) / TimeSpan.TicksPerSecond > LongestSeconds) throw TooLong();
        return ticks;
    }

    EvaluationException TooLong() => isJsonata
        ? new(ErrorNames.QueryEvaluationError, "Wait state delay is too long.", name)
        : new(ErrorNames.Runtime, "Wait state delay is too long.");

    static string Text(JsonValue value) => value is JsonString text ? text.Value : Convert.ToString(value.ToJson(), CultureInfo.InvariantCulture);
}
