namespace Orkestra.CommandLine.Terminal;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The run failed.</summary>
    public const int Failure = 1;

    /// <summary>The run could not begin.</summary>
    public const int Usage = 2;

    /// <summary>Stopped with Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Stopped = 130;
}
