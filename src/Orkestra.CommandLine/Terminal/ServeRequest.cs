namespace Orkestra.CommandLine.Terminal;

/// <summary>What <c>serve</c> was asked for.</summary>
/// <param name="Port">The port; 0 for any free one.</param>
/// <param name="Address">The address to listen on.</param>
/// <param name="Token">The secret of callers; null for none.</param>
/// <param name="Data">The folder that keeps executions.</param>
/// <param name="Log">Where state machines log: a file, <c>-</c> for standard output, or null for nowhere.</param>
/// <param name="IsJson">Whether the address is written as JSON.</param>
internal sealed record ServeRequest(int Port, string Address, string? Token, string Data, string? Log, bool IsJson);
