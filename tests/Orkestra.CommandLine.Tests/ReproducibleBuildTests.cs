using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests;

/// <summary>What is shipped does not depend on the folder it was built in: nothing in it names that folder.</summary>
public sealed class ReproducibleBuildTests
{
    [Theory]
    [InlineData("Orkestra.Expressions")]
    [InlineData("Orkestra")]
    [InlineData("Orkestra.Lambda")]
    [InlineData("Orkestra.CommandLine")]
    public void An_assembly_and_its_symbols_do_not_name_the_folder_of_the_sources(string name)
    {
        var assembly = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
            assembly.AsSpan().IndexOf(encoding.GetBytes(Repository.Root)).ShouldBe(-1);

        using var reader = new PEReader(new MemoryStream(assembly));
        reader.ReadDebugDirectory().ShouldContain(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.pdb")));
        var metadata = symbols.GetMetadataReader();
        var documents = metadata.Documents.Select(document => metadata.GetString(metadata.GetDocument(document).Name)).ToList();
        documents.ShouldContain(document => document.StartsWith($"/_/src/{name}/", StringComparison.Ordinal));
        documents.ShouldAllBe(document => !document.StartsWith(Repository.Root, StringComparison.Ordinal));
    }
}
