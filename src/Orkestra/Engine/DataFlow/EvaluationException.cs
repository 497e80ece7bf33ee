namespace Orkestra.Engine.DataFlow;

/// <summary>A field of a state could not be evaluated. Inside the engine only: where the state runs it becomes a <see cref="ExecutionFailure"/>.</summary>
/// <param name="error">The error's name.</param>
/// <param name="message">What AWS says after "An error occurred while executing the state …".</param>
/// <param name="location">The field; null when no field is to blame.</param>
internal sealed class EvaluationException(string error, string message, string? location = null) : Exception(message)
{
    /// <summary>The error's name.</summary>
    internal string Error => error;

    /// <summary>The field; null when no field is to blame.</summary>
    internal string? Location => location;

    /// <summary>Whether the cause is the message alone, without the sentence that names the state.</summary>
    internal bool IsBare { get; init; }
}
