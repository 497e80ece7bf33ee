namespace Orkestra.Hosting;

/// <summary>Stored signals do not belong to the definition they are to be resumed with, or were damaged. The execution is left as it is stored.</summary>
public sealed class ExecutionReplayException : Exception
{
    /// <summary>An execution that cannot be resumed.</summary>
    public ExecutionReplayException()
        : this("The execution cannot be resumed.")
    {
    }

    /// <summary>An execution that cannot be resumed.</summary>
    /// <param name="message">Which execution and signal, and what does not fit.</param>
    public ExecutionReplayException(string message)
        : base(message)
    {
    }

    /// <summary>An execution that cannot be resumed.</summary>
    /// <param name="message">Which execution and signal, and what does not fit.</param>
    /// <param name="innerException">What was thrown while a signal was applied.</param>
    public ExecutionReplayException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
