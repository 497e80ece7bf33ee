using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Layering;

/// <summary>No package uses internals of another one (docs/architecture.md, "What packages share").</summary>
public sealed class FriendTests
{
    [Fact]
    public void No_package_uses_internals_of_another()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            var projects = Directory.GetFiles(Path.Combine(folder.FullName, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => (Name: Path.GetFileNameWithoutExtension(file), Project: XDocument.Load(file))).ToArray();
            var names = projects.Select(entry => entry.Name).ToHashSet();
            // A project that is no package belongs to those that carry its assembly, and may show them its own.
            projects.Where(entry => entry.Project.Descendants("IsPackable").All(packable => packable.Value != "false")).SelectMany(entry => entry.Project.Descendants("InternalsVisibleTo").Select(friend => (string)friend.Attribute("Include")!).Where(names.Contains)
                .Select(friend => $"{entry.Name} shows internals to {friend}")).ShouldBeEmpty();
            return;
        }

        Assert.Skip($"The sources are not here: there is no Orkestra.slnx above '{AppContext.BaseDirectory}'.");
    }
}
