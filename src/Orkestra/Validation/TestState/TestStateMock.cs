namespace Orkestra.Validation.TestState;

/// <summary>What stands for the real work of a state that is tested.</summary>
/// <param name="Result">The result as JSON text; null when the work fails.</param>
/// <param name="Error">The error the work fails with; null when it succeeds.</param>
/// <param name="Cause">The cause of the error.</param>
/// <param name="HasError">Whether the work fails, be it without a name.</param>
/// <param name="Mode">How the result is held to the result of the real action.</param>
public sealed record TestStateMock(string? Result, string? Error, string? Cause, bool HasError, FieldValidationMode Mode);
