using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests;

/// <summary>The package's readme shows the sample's code, which is compiled and run.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_readme_shows_the_sample()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Orkestra.slnx"))) root = root.Parent;
        Assert.SkipWhen(root is null, "The sources are not here.");
        var sample = File.ReadAllText(Path.Combine(root!.FullName, "samples", "Expressions", "Program.cs"));
        File.ReadAllText(Path.Combine(root.FullName, "src", "Orkestra.Expressions", "README.md")).ShouldContain(sample[(sample.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }
}
