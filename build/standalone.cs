#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Makes orkestra as a single file that needs no .NET, for each platform, and the npm packages that carry it, and prints their sizes. A file above 60 MB is an error.
//   dotnet run build/standalone.cs -- FOLDER [PLATFORM…] [--version VERSION]
// A platform is a runtime identifier: linux-x64, linux-arm64, osx-x64, osx-arm64, win-x64; all of them by default. The files are FOLDER/PLATFORM/orkestra, and FOLDER/*.tgz where npm is installed.
// dotnet run build/standalone-check.cs -- FOLDER tries what is there for this machine.
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

const long Largest = 60_000_000;
Platform[] platforms =
[
    new("linux-x64", "linux", "x64"),
    new("linux-arm64", "linux", "arm64"),
    new("osx-x64", "darwin", "x64"),
    new("osx-arm64", "darwin", "arm64"),
    new("win-x64", "win32", "x64"),
];
var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!, ".."));
var project = Path.Combine(root, "src", "Orkestra.Cli", "Orkestra.Cli.csproj");
var rest = args.ToList();
string? asked = null;
if (rest.IndexOf("--version") is >= 0 and var at)
{
    if (at + 1 >= rest.Count) return Refuse("--version needs a version, such as 0.1.0.");
    asked = rest[at + 1];
    rest.RemoveRange(at, 2);
}

if (rest is not [var target, .. var names]) return Refuse("Name the folder for the files: dotnet run build/standalone.cs -- FOLDER [PLATFORM…].");
if (names.FirstOrDefault(name => platforms.All(platform => platform.Identifier != name)) is { } unknown)
    return Refuse($"There is no platform '{unknown}'. Platforms: {string.Join(", ", platforms.Select(platform => platform.Identifier))}.");
var folder = Path.GetFullPath(target);
var version = asked ?? Answer("dotnet", "msbuild", project, "-getProperty:Version").Trim();
var npm = FindNpm();
var notes = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
Run(root, "dotnet", "tool", "restore");
var tooLarge = false;
foreach (var platform in platforms.Where(platform => names is [] || names.Contains(platform.Identifier)))
{
    var started = Stopwatch.GetTimestamp();
    var published = Path.Combine(folder, "work", platform.Identifier);
    // The analyzers have seen the sources in the ordinary build; the trimmer's warnings are not theirs.
    Run(root, "dotnet", "publish", project, "-c", "Release", "-r", platform.Identifier, "-p:OrkestraStandalone=true", "-p:RunAnalyzers=false", $"-p:Version={version}", "-o", published, "--nologo", "-v", "q");
    var file = Path.Combine(folder, platform.Identifier, platform.FileName);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.Move(Path.Combine(published, platform.IsWindows ? "Orkestra.Cli.exe" : "Orkestra.Cli"), file, overwrite: true);
    WriteBill(platform, Path.Combine(folder, platform.Identifier));
    var size = new FileInfo(file).Length;
    tooLarge |= size > Largest;
    Console.WriteLine($"{platform.Identifier}: {size / 1e6:0.0} MB, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
    if (npm is not null) Console.WriteLine($"{platform.Package}: {PackPlatform(platform, file) / 1e6:0.0} MB as a package");
}

if (npm is null) Console.WriteLine("skip: the npm packages (npm is not installed)");
else PackMain();
Directory.Delete(Path.Combine(folder, "work"), recursive: true);
return tooLarge ? Refuse($"A file is larger than {Largest / 1e6:0} MB.") : 0;

// What the program carries, .NET itself included.
void WriteBill(Platform platform, string place)
{
    Run(root, "dotnet", "tool", "run", "dotnet-CycloneDX", "--", project, "-o", place, "-fn", "bom.json", "-biop", Path.Combine(root, "artifacts", "standalone"), "-sn", "orkestra", "-sv", version,
        "--output-format", "Json", "--spec-version", "1.6", "--no-serial-number", "--disable-package-restore", "--include-project-references", "--set-type", "Application");
    var bill = JsonNode.Parse(File.ReadAllText(Path.Combine(place, "bom.json")))!;
    bill["metadata"]!.AsObject().Remove("timestamp");
    if (bill["components"] is not JsonArray { Count: > 0 } components)
    {
        Refuse($"The bill of materials of {platform.Identifier} has no components: CycloneDX did not find what was restored.");
        Environment.Exit(1);
        return;
    }

    foreach (var pack in (string[])["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"])
    {
        var name = $"{pack}.Runtime.{platform.Identifier}";
        var runtime = RuntimePack(name);
        components.Add(new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = $"pkg:nuget/{name}@{Path.GetFileName(runtime)}",
            ["name"] = name,
            ["version"] = Path.GetFileName(runtime),
            ["scope"] = "required",
            ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
            ["purl"] = $"pkg:nuget/{name}@{Path.GetFileName(runtime)}",
        });
    }

    File.WriteAllText(Path.Combine(place, "bom.json"), bill.ToJsonString(notes) + "\n");
    foreach (var notice in (string[])["LICENSE", "THIRD-PARTY-NOTICES.md"]) File.Copy(Path.Combine(root, notice), Path.Combine(place, notice), overwrite: true);
    foreach (var notice in (string[])["LICENSE.TXT", "THIRD-PARTY-NOTICES.TXT"])
    {
        var copy = Path.Combine(RuntimePack($"Microsoft.NETCore.App.Runtime.{platform.Identifier}"), notice);
        if (File.Exists(copy)) File.Copy(copy, Path.Combine(place, $"dotnet-{notice}"), overwrite: true);
    }
}

// The pack of the version that the SDK brings.
string RuntimePack(string name)
{
    var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    return Path.Combine(cache, name.ToLowerInvariant(), Answer("dotnet", "msbuild", project, "-getProperty:BundledNETCoreAppPackageVersion").Trim());
}

long PackPlatform(Platform platform, string file)
{
    var package = Path.Combine(folder, "work", "npm", platform.Identifier);
    Directory.CreateDirectory(Path.Combine(package, "bin"));
    foreach (var beside in Directory.GetFiles(Path.GetDirectoryName(file)!).Where(beside => beside != file)) File.Copy(beside, Path.Combine(package, Path.GetFileName(beside)), overwrite: true);
    File.Copy(file, Path.Combine(package, "bin", platform.FileName), overwrite: true);
    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(package, "bin", platform.FileName), (UnixFileMode)0b111_101_101);
    File.WriteAllText(Path.Combine(package, "README.md"), $"# {platform.Package}\nThe program of the package [orkestra](https://www.npmjs.com/package/orkestra) for {platform.Identifier}.\n");
    var manifest = Manifest(platform.Package, $"The program orkestra for {platform.Identifier}.");
    manifest["os"] = new JsonArray(platform.System);
    manifest["cpu"] = new JsonArray(platform.Processor);
    if (platform.System == "linux") manifest["libc"] = new JsonArray("glibc");
    // Yarn and pnpm keep packages in archives; a program has to be a file.
    manifest["preferUnplugged"] = true;
    return Pack(package, manifest);
}

void PackMain()
{
    var package = Path.Combine(folder, "work", "npm", "orkestra");
    Directory.CreateDirectory(Path.Combine(package, "bin"));
    var source = Path.Combine(root, "build", "npm");
    File.WriteAllText(Path.Combine(package, "bin", "orkestra.js"),
        File.ReadAllText(Path.Combine(source, "orkestra.js")).ReplaceLineEndings("\n").Replace("PLATFORMS", string.Join(", ", platforms.Select(platform => platform.Package)), StringComparison.Ordinal));
    File.Copy(Path.Combine(source, "README.md"), Path.Combine(package, "README.md"), overwrite: true);
    File.Copy(Path.Combine(root, "LICENSE"), Path.Combine(package, "LICENSE"), overwrite: true);
    var manifest = Manifest("orkestra", "A local AWS Step Functions with a dashboard, and work on definitions and executions.");
    manifest["bin"] = new JsonObject { ["orkestra"] = "bin/orkestra.js" };
    manifest["engines"] = new JsonObject { ["node"] = ">=18" };
    manifest["keywords"] = new JsonArray("step-functions", "aws", "asl", "jsonata", "emulator", "workflow");
    var optional = new JsonObject();
    foreach (var platform in platforms) optional[platform.Package] = version;
    manifest["optionalDependencies"] = optional;
    Console.WriteLine($"orkestra: {Pack(package, manifest) / 1e6:0.000} MB as a package");
}

JsonObject Manifest(string name, string description) => new() { ["name"] = name, ["version"] = version, ["description"] = description, ["license"] = "MIT", ["author"] = "The Orkestra authors" };

long Pack(string package, JsonObject manifest)
{
    File.WriteAllText(Path.Combine(package, "package.json"), manifest.ToJsonString(notes) + "\n");
    Run(package, npm!, "pack", "--silent", "--pack-destination", folder);
    return new FileInfo(Path.Combine(folder, $"{Regex.Replace((string)manifest["name"]!, "^@([^/]+)/", "$1-")}-{version}.tgz")).Length;
}

static string? FindNpm() =>
    (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(place => Path.Combine(place, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")).FirstOrDefault(File.Exists);

static void Run(string place, string program, params string[] arguments)
{
    var (code, output) = Start(place, program, arguments);
    if (code == 0) return;
    Console.Error.WriteLine(output);
    Refuse($"'{program} {string.Join(' ', arguments)}' ended with {code}.");
    Environment.Exit(1);
}

string Answer(string program, params string[] arguments) => Start(root, program, arguments) is (0, var output) ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed.");

static (int Code, string Output) Start(string place, string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = place, RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output);
}

static int Refuse(string reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

sealed record Platform(string Identifier, string System, string Processor)
{
    public bool IsWindows => System == "win32";
    public string FileName => IsWindows ? "orkestra.exe" : "orkestra";
    public string Package => $"@orkestra/{System}-{Processor}";
}
