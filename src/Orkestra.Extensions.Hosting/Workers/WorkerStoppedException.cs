namespace Orkestra.Extensions.Hosting.Workers;

/// <summary>
/// The error of a step whose worker stopped before the step had ended. Let the step retry it, <c>.Retry&lt;WorkerStoppedException>()</c>, so that another worker does the work.
/// </summary>
public sealed class WorkerStoppedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WorkerStoppedException()
        : this("The worker stopped before the step had ended.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public WorkerStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public WorkerStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
