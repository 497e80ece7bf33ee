#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Compares the packages of a folder with build/packages.approved.txt: their files, dependencies and metadata. Sizes are held by an upper limit, and bills of materials name all dependencies.
//   dotnet run build/check-packages.cs -- FOLDER [--approve]
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

// The tool carries SQLite for every platform.
const long LargestTool = 30_000_000;
const long LargestLibrary = 1_500_000;
var folder = args[0];
var approvedFile = Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string) ?? "build", "packages.approved.txt");
var problems = new List<string>();
var lines = new List<string>();
foreach (var file in Directory.GetFiles(folder, "*.nupkg").Order(StringComparer.Ordinal))
{
    using var package = ZipFile.OpenRead(file);
    var specification = XDocument.Load(package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open()).Root!;
    var names = specification.Name.Namespace;
    var metadata = specification.Element(names + "metadata")!;
    string? Value(string name) => metadata.Element(names + name)?.Value;
    var id = Value("id")!;
    var version = Value("version")!;
    foreach (var needed in (string[])["authors", "description", "license", "icon", "readme", "tags", "copyright"])
    {
        if (string.IsNullOrWhiteSpace(Value(needed))) problems.Add($"{id} has no {needed}.");
    }

    if (metadata.Element(names + "repository")?.Attribute("commit") is null) problems.Add($"{id} does not name its commit.");
    var hasSymbols = File.Exists(Path.ChangeExtension(file, ".snupkg"));
    var isTool = metadata.Descendants(names + "packageType").Any(type => (string?)type.Attribute("name") == "DotnetTool");
    var largest = isTool ? LargestTool : LargestLibrary;
    if (new FileInfo(file).Length > largest) problems.Add($"{id} has {new FileInfo(file).Length:N0} bytes; at most {largest:N0} are allowed.");
    var isTemplate = metadata.Descendants(names + "packageType").Any(type => (string?)type.Attribute("name") == "Template");
    if (!hasSymbols && !isTemplate) problems.Add($"{id} has no package of symbols.");
    lines.Add(id);
    foreach (var dependency in metadata.Descendants(names + "dependency").Select(element => ((string)element.Attribute("id")!, (string)element.Attribute("version")!)).Order())
        lines.Add($"  needs {dependency.Item1}{(dependency.Item2 == version ? "" : " " + dependency.Item2)}");
    if (package.GetEntry("bom.json") is { } bill) CheckBill(bill, id, version, [.. metadata.Descendants(names + "dependency").Select(element => (string)element.Attribute("id")!)]);
    else problems.Add($"{id} has no bill of materials (bom.json).");
    // A tool carries all it needs: its own files say enough.
    foreach (var entry in package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal))
    {
        if (entry.StartsWith("_rels/", StringComparison.Ordinal) || entry.StartsWith("package/", StringComparison.Ordinal) || entry is "[Content_Types].xml" || entry.EndsWith(".nuspec", StringComparison.Ordinal)) continue;
        if (isTool && entry.StartsWith("tools/", StringComparison.Ordinal) && !Path.GetFileName(entry).StartsWith("Orkestra", StringComparison.Ordinal) && !entry.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal)) continue;
        lines.Add($"  {entry}");
    }
}

var found = string.Join('\n', lines) + "\n";
if (args.Contains("--approve"))
{
    File.WriteAllText(approvedFile, found);
}
else
{
    var approved = File.ReadAllText(approvedFile).ReplaceLineEndings("\n").Split('\n');
    foreach (var line in lines.Except(approved)) problems.Add($"Not in packages.approved.txt: {line}");
    foreach (var line in approved.Except(lines).Where(line => line.Length > 0)) problems.Add($"Only in packages.approved.txt: {line}");
    if (problems.Count == 0 && found.TrimEnd() != string.Join('\n', approved).TrimEnd()) problems.Add("packages.approved.txt has the lines in another order.");
}

foreach (var problem in problems) Console.Error.WriteLine(problem);
Console.WriteLine($"{Directory.GetFiles(folder, "*.nupkg").Length} packages");
return problems.Count == 0 ? 0 : 1;

// The bill is about this package, and names what it depends on with a version, and with a licence unless it is one of these packages.
void CheckBill(ZipArchiveEntry entry, string id, string version, string[] dependencies)
{
    using var document = JsonDocument.Parse(entry.Open());
    var bill = document.RootElement;
    string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
    if (Text(bill, "bomFormat") != "CycloneDX") problems.Add($"bom.json of {id} is not CycloneDX.");
    var metadata = bill.GetProperty("metadata");
    var subject = metadata.GetProperty("component");
    if (Text(subject, "name") != id || Text(subject, "version") != version) problems.Add($"bom.json of {id} {version} is about {Text(subject, "name")} {Text(subject, "version")}.");
    if (metadata.TryGetProperty("timestamp", out _)) problems.Add($"bom.json of {id} has a time: packing again gives another package.");
    JsonElement[] components = bill.TryGetProperty("components", out var listed) ? [.. listed.EnumerateArray()] : [];
    foreach (var dependency in dependencies.Where(dependency => !components.Any(component => string.Equals(Text(component, "name"), dependency, StringComparison.OrdinalIgnoreCase))))
        problems.Add($"bom.json of {id} lacks {dependency}.");
    foreach (var component in components.Where(component => Text(component, "scope") != "excluded"))
    {
        var name = Text(component, "name")!;
        if (string.IsNullOrEmpty(Text(component, "version"))) problems.Add($"bom.json of {id} gives no version of {name}.");
        // Its license is a file in its package, which a bill cannot name; THIRD-PARTY-NOTICES.md does.
        if (name == "Fractions") continue;
        if (!name.StartsWith("Orkestra", StringComparison.Ordinal) && !component.TryGetProperty("licenses", out _)) problems.Add($"bom.json of {id} gives no licence of {name}.");
    }
}
