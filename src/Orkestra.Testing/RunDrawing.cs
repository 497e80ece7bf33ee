using System.Globalization;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>Draws a run as text: what an assertion that does not hold shows.</summary>
internal static class RunDrawing
{
    const int LongestValue = 600;

    internal static string Draw(StateMachine document, ExecutionResult result)
    {
        var text = new StringBuilder();
        var history = result.History;
        var entered = Count(history, TestRun.IsEntry);
        var exited = Count(history, happened => happened.Type.ToString().EndsWith("StateExited", StringComparison.Ordinal) || happened.Type == HistoryEventType.SucceedStateExited);
        var failures = history
            .Where(happened => happened.StateName is not null && happened.Error is not null)
            .GroupBy(happened => happened.StateName!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        foreach (var (name, _, depth) in DocumentStates.Of(document))
        {
            var times = entered.GetValueOrDefault(name);
            var mark = times == 0 ? '·' : exited.GetValueOrDefault(name) == times ? '✓' : '✗';
            text.Append(' ', 2 + (depth * 2)).Append(mark).Append(' ').Append(name);
            if (times > 1) text.Append(CultureInfo.InvariantCulture, $" ×{times}");
            if (failures.TryGetValue(name, out var failed)) text.Append(CultureInfo.InvariantCulture, $"  {failed.Length} failed: {Sentence(failed[^1])}");
            text.AppendLine();
        }

        text.AppendLine().Append("Ended ").Append(result.Status);
        if (result.IsSuccess) return text.Append(" with ").AppendLine(Shorten(result.Output!)).ToString();
        text.AppendLine();
        if (FailedState(history) is { } state)
        {
            text.Append("State: ").AppendLine(state.StateName);
            if (history.LastOrDefault(happened => happened.Id <= state.Id && happened.StateName == state.StateName && TestRun.IsEntry(happened))?.Value is { } input)
                text.Append("Input: ").AppendLine(Shorten(input));
        }

        if (result.Error is not null || result.Cause is not null) text.Append("Error: ").AppendLine(Sentence(result.Error, result.Cause));
        return text.ToString();
    }

    static Dictionary<string, int> Count(ExecutionHistory history, Func<HistoryEvent, bool> counts) =>
        history.Where(happened => happened.StateName is not null && counts(happened))
            .CountBy(happened => happened.StateName!, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

    static HistoryEvent? FailedState(ExecutionHistory history) =>
        history.LastOrDefault(happened => happened.StateName is not null && happened.Error is not null) ?? history.LastOrDefault(TestRun.IsEntry);

    static string Sentence(HistoryEvent happened) => Sentence(happened.Error, happened.Cause);

    // A function's cause is JSON text with the exception's message.
    static string Sentence(string? error, string? cause)
    {
        if (cause is null) return error ?? "an error without a name";
        try
        {
            if (JsonValue.Parse(cause)["errorMessage"] is JsonString message) cause = message.Value;
        }
        catch (JsonFormatException)
        {
        }

        return error is null ? cause : $"{error}: {cause}";
    }

    static string Shorten(JsonValue value)
    {
        var text = value.ToJson();
        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue)}… ({value.Utf8Length} bytes)";
    }
}
