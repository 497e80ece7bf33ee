namespace Orkestra.Hosting.StepLogs;

/// <summary>Reads what steps logged.</summary>
public static class StepLogExtensions
{
    /// <summary>Reads what the steps of an execution logged; what was logged before the call is among it.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Lines, oldest first; none when the runtime keeps no logs (<see cref="OrkestraOptions.StepLogs"/>).</returns>
    public static async Task<StepLogPage> ReadStepLogsAsync(this OrkestraRuntime runtime, StepLogQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(query);
        return runtime.StepLogs is { } logs ? await logs.ReadAsync(query, cancellationToken).ConfigureAwait(false) : new StepLogPage([], 0, IsLast: true);
    }
}
