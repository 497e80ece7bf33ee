namespace Orkestra.Validation.TestState;

/// <summary>Why TestState does not test a state.</summary>
/// <param name="Code">The exception: <c>ValidationException</c> or <c>InvalidDefinition</c>.</param>
/// <param name="Message">Its message.</param>
public sealed record TestStateRefusal(string Code, string Message);
