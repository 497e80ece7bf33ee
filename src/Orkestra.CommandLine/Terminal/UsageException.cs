namespace Orkestra.CommandLine.Terminal;

/// <summary>The caller's mistake: one sentence, and the exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
