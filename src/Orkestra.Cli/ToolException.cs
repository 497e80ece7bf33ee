namespace Orkestra.Cli;

/// <summary>Ends a command with a sentence and an exit code.</summary>
internal sealed class ToolException(string message, int exitCode = ToolExitCode.Usage) : Exception(message)
{
    internal int ExitCode => exitCode;
}
