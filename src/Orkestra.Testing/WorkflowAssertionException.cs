namespace Orkestra.Testing;

/// <summary>A run was not as a test expected. The message says what was expected and what happened, with a small graph of the run.</summary>
/// <param name="message">What was expected and what happened.</param>
/// <param name="inner">What the failing step threw, when one did.</param>
public sealed class WorkflowAssertionException(string message, Exception? inner = null) : Exception(message, inner);
