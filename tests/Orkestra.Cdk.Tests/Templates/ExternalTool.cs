using System.ComponentModel;
using System.Diagnostics;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>A tool that tests use where it is on the PATH.</summary>
/// <param name="name">The tool.</param>
/// <param name="version">The argument that makes it say its version.</param>
internal sealed class ExternalTool(string name, string version)
{
    public static readonly ExternalTool CfnLint = new("cfn-lint", "--version");

    public static readonly ExternalTool Terraform = new("terraform", "version");

    readonly Lazy<string?> missing = new(() =>
    {
        try
        {
            using var tool = Process.Start(new ProcessStartInfo(name, version) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            tool.WaitForExit();
            return tool.ExitCode == 0 ? null : $"'{name} {version}' failed.";
        }
        catch (Win32Exception)
        {
            return $"{name} is not installed.";
        }
    });

    /// <summary>Skips the test where it is missing.</summary>
    public void Needed() => Assert.SkipWhen(missing.Value is not null, missing.Value ?? "");

    /// <summary>Runs it in a folder; what it says, with its exit code when that is not 0.</summary>
    public async Task<string> RunAsync(string folder, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var tool = Process.Start(start)!;
        var error = tool.StandardError.ReadToEndAsync();
        await tool.StandardInput.WriteAsync(input);
        tool.StandardInput.Close();
        var output = (await tool.StandardOutput.ReadToEndAsync()).Trim();
        await tool.WaitForExitAsync();
        return tool.ExitCode == 0 ? output : $"{output}\n{await error}(exit code {tool.ExitCode})";
    }
}
