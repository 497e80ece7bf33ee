using System.Diagnostics;

namespace Orkestra.Cli.Running;

/// <summary>Runs a program to its end and keeps what it wrote.</summary>
internal static class CapturedProcess
{
    /// <summary>Runs a program without input. It is killed, with what it started, when the call is cancelled.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    internal static async Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
