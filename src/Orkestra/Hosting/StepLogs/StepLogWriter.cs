using System.Globalization;
using Microsoft.Extensions.Logging;
using Orkestra.Engine;
using Orkestra.Hosting.Running;

namespace Orkestra.Hosting.StepLogs;

/// <summary>
/// Hands what steps log to the store, some lines at a time, so that no step waits for it. Lines that come faster than the store takes them are counted instead of kept. Safe to
/// use from any thread.
/// </summary>
internal sealed class StepLogWriter(IStepLogStore store, LogLevel level, TimeProvider clock, ChangeFeed changes)
{
    const int MaxText = 16_384;
    const int MaxWaiting = 20_000;
    const long MaxWaitingCharacters = 16 << 20;
    const string OwnCategory = "Orkestra.StepLogs";

    static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    readonly Lock gate = new();
    readonly Dictionary<string, (StepLogLine Line, ExecutionStart Execution, int Count)> lost = new(StringComparer.Ordinal);
    List<(StepLogLine Line, ExecutionStart Execution)> waiting = [];
    long waitingCharacters;

    // Ends when what waits was handed over; null when nothing waits.
    TaskCompletionSource? gathered;
    Task handing = Task.CompletedTask;
    bool isWriting;

    internal LogLevel Level => level;

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The writer of a runtime; null when nothing is kept.</summary>
    internal static StepLogWriter? Of(OrkestraOptions options, ChangeFeed changes) =>
        options.StepLogs is { } store && options.StepLogLevel != LogLevel.None ? new StepLogWriter(store, options.StepLogLevel, options.TimeProvider, changes) : null;

    // A null character ends a text in some stores.
    internal static string Cut(string text) => text.Contains('\0', StringComparison.Ordinal) ? Cut(text.Replace('\0', '\u2400')) : text.Length <= MaxText ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)}… ({text.Length} characters)");

    internal void Add(StepLogLine line, ExecutionStart execution)
    {
        lock (gate)
        {
            if (waiting.Count >= MaxWaiting || waitingCharacters >= MaxWaitingCharacters)
            {
                lost[line.ExecutionArn] = (line, execution, lost.GetValueOrDefault(line.ExecutionArn).Count + 1);
            }
            else
            {
                waiting.Add((line, execution));
                waitingCharacters += StepLogLimits.SizeOf(line);
            }

            gathered ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (isWriting) return;
            isWriting = true;
            _ = Task.Run(WriteAsync);
        }
    }

    /// <summary>Reads lines; those that were logged before the call are among them.</summary>
    internal async Task<StepLogPage> ReadAsync(StepLogQuery query, CancellationToken cancellationToken)
    {
        await FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends when what was logged until now was handed to the store.</summary>
    internal ValueTask FlushAsync()
    {
        lock (gate) return new ValueTask(gathered?.Task ?? handing);
    }

    async Task WriteAsync()
    {
        while (true)
        {
            await Task.Delay(Gathering, TimeProvider.System).ConfigureAwait(false);
            List<(StepLogLine Line, ExecutionStart Execution)> lines;
            TaskCompletionSource handed;
            lock (gate)
            {
                foreach (var (line, execution, count) in lost.Values)
                {
                    var message = string.Create(CultureInfo.InvariantCulture, $"{count} lines are missing here: they were logged faster than they could be kept.");
                    waiting.Add((line with { Level = LogLevel.Warning, Category = OwnCategory, Message = message, Exception = null }, execution));
                }

                lost.Clear();
                if (gathered is null)
                {
                    isWriting = false;
                    return;
                }

                (lines, waiting, waitingCharacters) = (waiting, [], 0);
                (handed, gathered) = (gathered, null);
                handing = handed.Task;
            }

            try
            {
                await store.AppendAsync([.. lines.Select(line => line.Line)], CancellationToken.None).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a store throws: lines are lost, and executions go on.
            catch (Exception)
#pragma warning restore CA1031
            {
                handed.SetResult();
                continue;
            }

            handed.SetResult();
            foreach (var execution in lines.Select(line => line.Execution).Distinct(ReferenceEqualityComparer.Instance).Cast<ExecutionStart>()) changes.Publish(execution);
        }
    }
}
