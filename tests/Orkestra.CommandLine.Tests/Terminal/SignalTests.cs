using System.Diagnostics;
using Orkestra.CommandLine.WaitingProgram;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests.Terminal;

/// <summary>A real process and a real Ctrl-C.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_run_cleanly(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill, which Windows does not have.");
        // A shell that starts its jobs in the background lets them ignore Ctrl-C, and a child inherits that.
        string[] start = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        using var process = Process.Start(new ProcessStartInfo(start[0], [.. start[1..], typeof(Waiting).Assembly.Location])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            string? line;
            do line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            while (line is not null && !line.Contains("Begin", StringComparison.Ordinal));
            line.ShouldNotBeNull();
            await Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExitAsync(TestContext.Current.CancellationToken);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(130);
            (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
            (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldEndWith("Waiting was stopped.\n");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
