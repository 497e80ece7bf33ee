using System.ComponentModel;
using System.Diagnostics;

namespace Orkestra.Cdk.Tests;

/// <summary>
/// All tests that use CDK: jsii talks with one Node process over pipes and is not thread-safe, so they run one after another. Without Node they are skipped.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Synthesis : ICollectionFixture<Synthesis>
{
    public const string Name = "CDK";

    static readonly Lazy<string?> Missing = new(FindMissing);

    public Synthesis()
    {
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20");
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION", "20");
    }

    /// <summary>Skips the test when there is no Node.</summary>
    public static void Needed() => Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");

    static string? FindMissing()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0 ? null : "CDK needs Node.js, and 'node --version' failed.";
        }
        catch (Win32Exception)
        {
            return "CDK needs Node.js, which is not installed.";
        }
    }
}
