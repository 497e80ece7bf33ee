namespace Orkestra.Serving;

/// <summary>The server cannot start; the message says why, and what to do.</summary>
internal sealed class ServingException(string message) : Exception(message);
