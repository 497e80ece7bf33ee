using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Layering;

/// <summary>Which packages still use internals of others (docs/architecture.md, "Internals that packages share"). The list only becomes shorter.</summary>
public sealed class FriendTests
{
    static readonly string[] Known =
    [
        "Orkestra.Expressions shows internals to Orkestra",
    ];

    [Fact]
    public void No_further_package_uses_internals_of_another()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            // A project that is no package belongs to those that carry its assembly.
            var projects = Directory.GetFiles(Path.Combine(folder.FullName, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => (Name: Path.GetFileNameWithoutExtension(file), Project: XDocument.Load(file)))
                .Where(entry => entry.Project.Descendants("IsPackable").All(packable => packable.Value != "false")).ToArray();
            var names = projects.Select(entry => entry.Name).ToHashSet();
            projects.SelectMany(entry => entry.Project.Descendants("InternalsVisibleTo").Select(friend => (string)friend.Attribute("Include")!).Where(names.Contains)
                .Select(friend => $"{entry.Name} shows internals to {friend}")).ShouldBe(Known, ignoreOrder: true);
            return;
        }

        Assert.Skip($"The sources are not here: there is no Orkestra.slnx above '{AppContext.BaseDirectory}'.");
    }
}
