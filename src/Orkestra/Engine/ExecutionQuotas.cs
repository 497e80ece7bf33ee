namespace Orkestra.Engine;

/// <summary>
/// The limits of the service (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). An execution that passes one fails as it
/// would on AWS.
/// </summary>
public sealed record ExecutionQuotas
{
    /// <summary>The limits AWS has.</summary>
    public static ExecutionQuotas Aws { get; } = new();

    /// <summary>No limit at all; memory is the limit.</summary>
    public static ExecutionQuotas Unlimited { get; } = new()
    {
        MaxPayloadBytes = int.MaxValue,
        MaxHistoryEvents = int.MaxValue,
        MaxInlineConcurrency = int.MaxValue,
        MaxDistributedConcurrency = int.MaxValue,
        MaxExpressDuration = TimeSpan.MaxValue,
        MaxStandardDuration = TimeSpan.MaxValue,
        MaxExpressHistoryEvents = int.MaxValue,
        MaxVariableBytes = long.MaxValue,
    };

    /// <summary>How many bytes of UTF-8 JSON an input, an output or a result may have; 262,144 by default.</summary>
    public int MaxPayloadBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// How many bytes of UTF-8 JSON all variables of an execution may have together, those of branches and iterations that run included; 10,485,760 by default. What one
    /// state assigns is limited by <see cref="MaxPayloadBytes"/>.
    /// </summary>
    public long MaxVariableBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>
    /// How many events the history of a Standard execution may have; 25,000 by default, 268,435,455 at most. So many times may failed states be tried again, too.
    /// </summary>
    public int MaxHistoryEvents { get; init; } = 25_000;

    /// <summary>How many iterations of an inline Map run at the same time at most; 40 by default.</summary>
    public int MaxInlineConcurrency { get; init; } = 40;

    /// <summary>How many child executions of a distributed Map run at the same time at most; 10,000 by default.</summary>
    public int MaxDistributedConcurrency { get; init; } = 10_000;

    /// <summary>How long an Express execution may take before it ends as <see cref="ExecutionStatus.TimedOut"/>; five minutes by default.</summary>
    public TimeSpan MaxExpressDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What the time of Wait states is multiplied with: 1 by default; a fraction shortens every wait, which is for tests. Timeouts and retries stay as they are.</summary>
    public double WaitTimeScale { get; init; } = 1;

    /// <summary>How long a Standard execution may take before it ends as <see cref="ExecutionStatus.TimedOut"/>; a year of 365 days by default. A redrive starts the time anew.</summary>
    public TimeSpan MaxStandardDuration { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How many events an Express execution may cause; 2,000,000 by default, which no execution on AWS reaches in five minutes, 268,435,455 at most. It ends a loop whose
    /// clock stands still.
    /// </summary>
    public int MaxExpressHistoryEvents { get; init; } = 2_000_000;
}
