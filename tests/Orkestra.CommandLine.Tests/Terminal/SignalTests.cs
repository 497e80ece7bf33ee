using System.Diagnostics;
using Orkestra.CommandLine.WaitingProgram;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests.Terminal;

/// <summary>A real process and a real Ctrl-C.</summary>
public sealed class SignalTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_run_cleanly(string signal)
    {
        using var process = Start();
        try
        {
            var told = await ReadToAsync(process, "Begin  ");
            told.ShouldContain("Written by a step\n");
            await SendAsync(process, signal);
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(130);
            (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty("standard output carries the result alone");
            (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldEndWith("Waiting was stopped.\n");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_second_signal_ends_a_process_that_does_not_end_by_itself()
    {
        using var process = Start("stubborn");
        try
        {
            await ReadToAsync(process, "Begin  ");
            await SendAsync(process, "INT");
            await ReadToAsync(process, "StubbornWaiting was stopped.");
            process.HasExited.ShouldBeFalse();
            await SendAsync(process, "INT");
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(130);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    static Process Start(params string[] arguments)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill, which Windows does not have.");
        // A shell that starts its jobs in the background lets them ignore Ctrl-C, and a child inherits that.
        string[] start = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(new ProcessStartInfo(start[0], [.. start[1..], typeof(Waiting).Assembly.Location, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }

    static async Task<string> ReadToAsync(Process process, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var told = "";
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            told += $"{line}\n";
            if (line.Contains(text, StringComparison.Ordinal)) return told;
        }

        throw new InvalidOperationException($"The process ended without '{text}': {told}");
    }

    static async Task SendAsync(Process process, string signal)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(patience.Token);
    }
}
