namespace Orkestra.Hosting.StepLogs;

/// <summary>
/// Keeps what steps log, beside an <see cref="Storage.IExecutionStore"/>: a store of executions that is one too is used by default, and deletes the lines with their execution.
/// A store bounds what it keeps of an execution, such as by <see cref="StepLogLimits"/>. The runtime calls it from many threads. A call that throws loses lines and nothing else:
/// executions go on.
/// </summary>
public interface IStepLogStore
{
    /// <summary>Keeps lines.</summary>
    /// <param name="lines">The lines, of any number of executions, in the order in which they were logged. Those of an execution the store does not know may be left out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask AppendAsync(IReadOnlyList<StepLogLine> lines, CancellationToken cancellationToken);

    /// <summary>Reads lines of an execution, oldest first; none when the store does not know it.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<StepLogPage> ReadAsync(StepLogQuery query, CancellationToken cancellationToken);
}
