namespace Orkestra.Cli;

/// <summary>What the process ends with.</summary>
internal static class ToolExitCode
{
    internal const int Success = 0;

    /// <summary>What was asked for is not so: a definition is not valid, an execution failed, an expression has an error.</summary>
    internal const int Failure = 1;

    /// <summary>The command could not begin: a wrong argument, a file that is not there.</summary>
    internal const int Usage = 2;

    /// <summary>The endpoint did not answer, or refused.</summary>
    internal const int Endpoint = 3;
}
