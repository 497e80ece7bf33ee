namespace Orkestra.Hosting.TestState;

/// <summary>A mocked error.</summary>
/// <param name="Error">The error's name, which Retry and Catch look at.</param>
/// <param name="Cause">The error's description; null for none.</param>
public sealed record StateMockError(string? Error, string? Cause = null);
