using System.Diagnostics;
using System.IO.Compression;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests;

/// <summary>The packages carry the analyzers to every project that refers to one of them.</summary>
public sealed class PackageTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-packages").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_package_Orkestra_holds_the_analyzers()
    {
        using var package = await PackAsync("Orkestra");
        package.Entries.Select(static entry => entry.FullName).ShouldContain("analyzers/dotnet/cs/Orkestra.Analyzers.dll");
        package.Entries.Count(static entry => entry.FullName.StartsWith("docs/diagnostics/ORK", StringComparison.Ordinal)).ShouldBe(Directory.GetFiles(Path.Combine(Approval.Root, "docs", "diagnostics"), "ORK*.md").Length);
        package.Entries.ShouldNotContain(static entry => entry.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_package_of_the_command_line_passes_them_on()
    {
        using var package = await PackAsync("Orkestra.CommandLine");
        using var reader = new StreamReader(package.GetEntry("Orkestra.CommandLine.nuspec")!.Open());
        var dependency = (await reader.ReadToEndAsync()).Split('\n').Single(static line => line.Contains("dependency id=\"Orkestra\"", StringComparison.Ordinal));
        dependency.ShouldNotContain("Analyzers");
    }

    async Task<ZipArchive> PackAsync(string project)
    {
        // The tests run from what was built just now.
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["pack", Path.Combine(Approval.Root, "src", project), "-c", configuration, "--no-build", "-o", folder, "-nodeReuse:false", "-p:BillOfMaterials=false"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output);
        return await ZipFile.OpenReadAsync(Directory.GetFiles(folder, $"{project}.*.nupkg").Single());
    }
}
