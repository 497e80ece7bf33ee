namespace Orkestra.Engine;

/// <summary>A document that cannot run. The message names the state, the field and what is wrong with it.</summary>
public sealed class InvalidStateMachineException : Exception
{
    /// <summary>A document that cannot run.</summary>
    public InvalidStateMachineException()
        : this("The state machine cannot run.")
    {
    }

    /// <summary>A document that cannot run.</summary>
    /// <param name="message">Which state and field, and what is wrong.</param>
    public InvalidStateMachineException(string message)
        : base(message)
    {
    }

    /// <summary>A document that cannot run.</summary>
    /// <param name="message">Which state and field, and what is wrong.</param>
    /// <param name="innerException">What was wrong with an expression.</param>
    public InvalidStateMachineException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
