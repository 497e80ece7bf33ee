using Shouldly;
using Xunit;

namespace Orkestra.Tests.Layering;

/// <summary>The sizes of types and folders, and the names of files, read from the sources.</summary>
public sealed class SourceTreeTests
{
    const int MaxLines = 500;
    const int MaxFiles = 40;

    [Fact]
    public void No_type_is_longer_than_500_lines() =>
        // The parts of a partial type are Name.cs, Name.Part.cs, …, in one folder.
        Files().GroupBy(file => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).Split('.')[0]))
            .Select(type => (type.Key, Lines: type.Sum(file => File.ReadLines(file).Count())))
            .Where(type => type.Lines > MaxLines).Select(type => $"{type.Key}: {type.Lines} lines").ShouldBeEmpty();

    [Fact]
    public void No_folder_has_more_than_40_files() =>
        Files().GroupBy(file => Path.GetDirectoryName(file)).Where(folder => folder.Count() > MaxFiles).Select(folder => $"{folder.Key}: {folder.Count()} files").ShouldBeEmpty();

    [Fact]
    public void File_names_are_unique() =>
        Files().GroupBy(file => Path.GetFileName(file)!, StringComparer.OrdinalIgnoreCase).Where(name => name.Count() > 1).Select(name => string.Join(" and ", name)).ShouldBeEmpty();

    static string[] Files()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var sources = Path.Combine(folder.FullName, "src");
            return [.. Directory.GetFiles(sources, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(sources, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Select(file => Path.Combine(sources, file))];
        }

        Assert.Skip($"The sources are not here: there is no Orkestra.slnx above '{AppContext.BaseDirectory}'.");
        return [];
    }
}
