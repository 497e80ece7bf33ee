namespace Orkestra.Hosting.Storage;

/// <summary>
/// A store could not do what it was asked to. The execution is suspended: it stays as it was last stored, and can be resumed once the store works. The inner exception
/// is what the store threw.
/// </summary>
public class ExecutionStoreException : Exception
{
    /// <summary>A failure of a store.</summary>
    public ExecutionStoreException()
        : this("The execution store failed.")
    {
    }

    /// <summary>A failure of a store.</summary>
    /// <param name="message">What failed, and for which execution.</param>
    public ExecutionStoreException(string message)
        : base(message)
    {
    }

    /// <summary>A failure of a store.</summary>
    /// <param name="message">What failed, and for which execution.</param>
    /// <param name="innerException">What the store threw.</param>
    public ExecutionStoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>An execution with the same ARN exists: names are unique for each state machine.</summary>
/// <param name="executionArn">The ARN.</param>
public sealed class ExecutionExistsException(string executionArn) : ExecutionStoreException($"The execution '{executionArn}' exists already.")
{
    /// <summary>The ARN.</summary>
    public string ExecutionArn => executionArn;
}

/// <summary>The execution changed since this runtime last stored it: another runtime works on it, or the store has lost its lock.</summary>
/// <param name="executionArn">The execution.</param>
/// <param name="expected">How many signals the runtime expected the store to have.</param>
/// <param name="found">How many it has; null when that is not known.</param>
public sealed class SequenceConflictException(string executionArn, long expected, long? found = null) : ExecutionStoreException(
    $"The execution '{executionArn}' was changed by another runtime: {expected} stored signals were expected, {(found is null ? "but there is another number" : $"but there are {found}")}.")
{
    /// <summary>The execution.</summary>
    public string ExecutionArn => executionArn;
}
