using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Orkestra.Tests;

/// <summary>A real process and a real Ctrl-C.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_run_cleanly(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill, which Windows does not have.");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Waiting).Assembly.Location])
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
