namespace Orkestra.Engine.Tests.Properties;

/// <summary>What is true of every history.</summary>
static class HistoryRules
{
    /// <summary>What is wrong with a history of an execution that ended; null when nothing is.</summary>
    public static string? Broken(IReadOnlyList<HistoryEvent> history, ExecutionStatus status)
    {
        for (var i = 0; i < history.Count; i++)
        {
            var happened = history[i];
            if (happened.Id != i + 1) return $"the id of event {i + 1} is {happened.Id}";
            if (happened.PreviousEventId >= happened.Id || happened.PreviousEventId < 0) return $"event {happened.Id} follows {happened.PreviousEventId}";
            if (i > 0 && happened.Timestamp < history[i - 1].Timestamp) return $"event {happened.Id} is earlier than the one before";
            if (i == 0 != (happened.Type == HistoryEventType.ExecutionStarted)) return $"event {happened.Id} is {happened.Type}";
        }

        var end = status switch
        {
            ExecutionStatus.Succeeded => HistoryEventType.ExecutionSucceeded,
            ExecutionStatus.Failed => HistoryEventType.ExecutionFailed,
            ExecutionStatus.TimedOut => HistoryEventType.ExecutionTimedOut,
            _ => HistoryEventType.ExecutionAborted,
        };
        if (history[^1].Type != end) return $"an execution that is {status} ends with {history[^1].Type}";
        return Unpaired(history, status);
    }

    // A state that was entered is left, unless the execution or what is around it ended with an error.
    static string? Unpaired(IReadOnlyList<HistoryEvent> history, ExecutionStatus status)
    {
        var isWhole = status == ExecutionStatus.Succeeded && !history.Any(happened =>
            happened.Type is HistoryEventType.ParallelStateFailed or HistoryEventType.MapStateFailed or HistoryEventType.MapIterationFailed
                or HistoryEventType.MapIterationAborted or HistoryEventType.ParallelStateAborted or HistoryEventType.MapStateAborted
            || (happened.Type.ToString().EndsWith("Aborted", StringComparison.Ordinal) || happened.Type == HistoryEventType.FailStateEntered));
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var happened in history)
        {
            var type = happened.Type.ToString();
            if (happened.StateName is not { } name) continue;
            if (type.EndsWith("StateEntered", StringComparison.Ordinal)) open[name] = open.GetValueOrDefault(name) + 1;
            if (!type.EndsWith("StateExited", StringComparison.Ordinal)) continue;
            if (open.GetValueOrDefault(name) == 0) return $"'{name}' is left in event {happened.Id} but was not entered";
            open[name]--;
        }

        return isWhole && open.FirstOrDefault(state => state.Value > 0) is { Key: { } unpaired } ? $"'{unpaired}' is entered but not left" : null;
    }
}
