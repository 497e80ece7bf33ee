using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting.Testing;
using Xunit;

namespace Orkestra.Aspire.Hosting.Tests;

/// <summary>An app host as a test has it.</summary>
static class AppHost
{
    /// <summary>The definition that the tests serve.</summary>
    public static string Definition => Path.Combine(AppContext.BaseDirectory, "Double.asl.json");

    /// <summary>The tool, as it was built.</summary>
    public static string Tool => Metadata("orkestra");

    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        DistributedApplicationTestingBuilder.Create(args, (options, _) => options.DisableDashboard = true);

    public static void SkipWhereNothingStarts()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64 || !File.Exists(Metadata("dcpclipath")))
            Assert.Skip("The orchestrator of Aspire is only here for Linux x64.");
    }

    static string Metadata(string key) => typeof(AppHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;
}
