using System.ComponentModel;
using System.Diagnostics;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>cfn-lint, where it is on the PATH.</summary>
internal static class CfnLint
{
    static readonly Lazy<string?> Found = new(FindMissing);

    /// <summary>Why it cannot be run; null when it can.</summary>
    public static string? Missing => Found.Value;

    /// <summary>What it finds in a template; empty for nothing.</summary>
    public static async Task<string> RunAsync(string file)
    {
        using var lint = Process.Start(new ProcessStartInfo("cfn-lint", [file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = lint.StandardError.ReadToEndAsync();
        var output = await lint.StandardOutput.ReadToEndAsync();
        await lint.WaitForExitAsync();
        var said = (output + await error).Trim();
        return lint.ExitCode == 0 && said.Length == 0 ? "" : $"{said} (exit code {lint.ExitCode})";
    }

    static string? FindMissing()
    {
        try
        {
            using var lint = Process.Start(new ProcessStartInfo("cfn-lint", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            lint.WaitForExit();
            return lint.ExitCode == 0 ? null : "'cfn-lint --version' failed.";
        }
        catch (Win32Exception)
        {
            return "cfn-lint is not installed.";
        }
    }
}
