namespace Orkestra.Serving;

/// <summary>The server cannot start; the message says why, and what to do.</summary>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class ServingException(string message) : Exception(message);
