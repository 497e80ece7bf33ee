namespace Orkestra.Lambda.Runtime;

/// <summary>One invocation as a function sees it.</summary>
internal sealed class FunctionContext(Invocation invocation, TimeProvider time, bool isColdStart, CancellationToken cancellationToken)
{
    public Invocation Invocation { get; } = invocation;

    /// <summary>What the step gets: the invocation's payload, or what an envelope held.</summary>
    public ReadOnlyMemory<byte> Payload { get; set; } = invocation.Payload;

    /// <summary>Whether a caller waited for this process to start.</summary>
    public bool IsColdStart { get; } = isColdStart;

    /// <summary>Cancelled shortly before the host's deadline, and shortly after the process was told to end.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What is left until the host's deadline; null when there is none.</summary>
    public TimeSpan? RemainingTime => Invocation.Deadline - time.GetUtcNow();
}
