#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Writes THIRD-PARTY-NOTICES.md: the packages that what is shipped needs, from the lock files of src, with licence and copyright from the packages themselves.
//   dotnet run build/third-party-notices.cs [-- --check]
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

string[] onlyForBuilding = ["Microsoft.CodeAnalysis", "Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks", "runtime.", "System.Composition", "Humanizer"];
var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!, ".."));
var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
var packages = new SortedDictionary<(string Name, string Version), SortedSet<string>>();
foreach (var project in Directory.GetDirectories(Path.Combine(root, "src")).Order(StringComparer.Ordinal))
{
    using var locked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project, "packages.lock.json")));
    foreach (var framework in locked.RootElement.GetProperty("dependencies").EnumerateObject().Where(framework => framework.Name == "net10.0"))
    {
        foreach (var package in framework.Value.EnumerateObject())
        {
            if (package.Value.GetProperty("type").GetString() == "Project" || onlyForBuilding.Any(prefix => package.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) continue;
            var key = (package.Name, package.Value.GetProperty("resolved").GetString()!);
            if (!packages.TryGetValue(key, out var users)) packages[key] = users = [];
            users.Add(Path.GetFileName(project));
        }
    }
}

var text = new StringBuilder("""
    # Third-party notices
    Orkestra uses these packages. `dotnet run build/third-party-notices.cs` writes this file from the lock files of `src`; licence and copyright are those the packages state.
    NuGet brings the packages to a project that references Orkestra. The tool `orkestra` carries its own.

    | Package | Version | Licence | Copyright | Used by |
    | --- | --- | --- | --- | --- |

    """);
foreach (var ((name, version), users) in packages)
{
    var metadata = XDocument.Load(Path.Combine(cache, name.ToLowerInvariant(), version, $"{name.ToLowerInvariant()}.nuspec")).Root!.Elements().First();
    string? Value(string element) => metadata.Elements().FirstOrDefault(candidate => candidate.Name.LocalName == element)?.Value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();
    text.Append("| ").Append(name).Append(" | ").Append(version).Append(" | ").Append(Value("license") ?? Value("licenseUrl") ?? "not stated").Append(" | ").Append(Value("copyright") ?? Value("authors"))
        .Append(" | ").AppendJoin(", ", users).Append(" |\n");
}

var file = Path.Combine(root, "THIRD-PARTY-NOTICES.md");
if (!args.Contains("--check"))
{
    File.WriteAllText(file, text.ToString());
    return 0;
}

if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == text.ToString().ReplaceLineEndings("\n")) return 0;
Console.Error.WriteLine("THIRD-PARTY-NOTICES.md is not what `dotnet run build/third-party-notices.cs` writes.");
return 1;
