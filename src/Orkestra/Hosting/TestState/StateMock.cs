namespace Orkestra.Hosting.TestState;

/// <summary>What the work of a Task, Map or Parallel state gives, without the work being done: either <see cref="Result"/> or <see cref="ErrorOutput"/>.</summary>
public sealed record StateMock
{
    /// <summary>The result, as JSON text; null when the work fails.</summary>
    public string? Result { get; init; }

    /// <summary>The error; null when the work succeeds.</summary>
    public StateMockError? ErrorOutput { get; init; }

    /// <summary>How <see cref="Result"/> is compared with what the service answers; <see cref="FieldValidationMode.Strict"/> by default.</summary>
    public FieldValidationMode FieldValidationMode { get; init; }
}
