namespace Orkestra.CommandLine.Terminal;

/// <summary>What <c>run</c> was asked for.</summary>
/// <param name="Input">A file's path or JSON text; null for no input.</param>
/// <param name="Events">Whether to write the history events instead of the progress.</param>
/// <param name="SkipWaits">Whether waits, polls and pauses before retries take no time.</param>
/// <param name="Case">The file to write the run to as a case; null for none.</param>
internal sealed record RunRequest(string? Input, bool Events, bool SkipWaits, string? Case = null);
