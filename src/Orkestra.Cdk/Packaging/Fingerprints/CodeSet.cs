using System.Reflection.Metadata;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>The code of a built program: the assemblies of its projects, in which it is told apart, and everything else, which is taken as a whole.</summary>
internal sealed class CodeSet
{
    readonly Dictionary<string, CodeAssembly> assemblies = new(StringComparer.OrdinalIgnoreCase);

    CodeSet(CodeAssembly main, string rest)
    {
        Main = main;
        Rest = rest;
    }

    /// <summary>The assembly that the program begins in.</summary>
    public CodeAssembly Main { get; }

    /// <summary>What stands for packages, settings and embedded files.</summary>
    public string Rest { get; private set; }

    /// <summary>Reads a program; null when it does not say what it is built from.</summary>
    /// <param name="main">The main assembly, with its dependencies beside it.</param>
    /// <param name="published">The folder that is deployed.</param>
    public static CodeSet? Read(string main, string published)
    {
        var manifest = Path.ChangeExtension(main, ".deps.json");
        var settings = Path.ChangeExtension(main, ".runtimeconfig.json");
        if (!File.Exists(manifest) || !File.Exists(settings)) return null;
        var rest = new StringBuilder(File.ReadAllText(settings));
        var projects = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Path.GetFileName(main) };
        using (var json = JsonDocument.Parse(File.ReadAllBytes(manifest)))
        {
            var libraries = json.RootElement.GetProperty("libraries");
            foreach (var library in json.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
            {
                if (!libraries.TryGetProperty(library.Name, out var described) || described.GetProperty("type").GetString() != "project") rest.Append('\n').Append(library.Name);
                else if (library.Value.TryGetProperty("runtime", out var files)) projects.UnionWith(files.EnumerateObject().Select(file => Path.GetFileName(file.Name)));
            }
        }

        var built = Path.GetDirectoryName(main)!;
        foreach (var file in Files(built, "*.dll").Where(file => !projects.Contains(Path.GetFileName(file))).Concat(Files(published, "*").Where(IsContent)))
            rest.Append('\n').Append(Path.GetFileName(file)).Append(' ').Append(Hash(File.ReadAllBytes(file)));

        var set = new CodeSet(new CodeAssembly(main), rest.ToString());
        foreach (var path in projects.Select(project => Path.Combine(built, project)).Where(File.Exists).Order(StringComparer.Ordinal))
        {
            var assembly = path == main ? set.Main : new CodeAssembly(path);
            set.assemblies[Path.GetFileNameWithoutExtension(path)] = assembly;
            if (assembly.Resources is { IsEmpty: false } resources) set.Rest += $"\n{Path.GetFileName(path)} {Hash(resources)}";
        }

        return set;
    }

    public CodeAssembly? Find(string assembly) => assemblies.GetValueOrDefault(assembly);

    /// <summary>A type of the projects by the name that attributes have for it.</summary>
    public CodeNode? FindType(string serialized, CodeAssembly from)
    {
        var parts = serialized.Split(',', 3);
        var assembly = parts.Length > 1 ? Find(parts[1].Trim()) : from;
        return assembly?.FindType(parts[0]) is { } type ? new CodeNode(assembly, type) : null;
    }

    /// <summary>The definition behind a reference to a type; null for one of a package.</summary>
    public CodeNode? Resolve(CodeAssembly from, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition) return new CodeNode(from, handle);
        if (handle.Kind != HandleKind.TypeReference) return null;
        var reference = from.Metadata.GetTypeReference((TypeReferenceHandle)handle);
        var name = from.Metadata.GetString(reference.Name);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return Resolve(from, reference.ResolutionScope) is { } outer && outer.Assembly.FindType($"{outer.Assembly.FullName((TypeDefinitionHandle)outer.Handle)}+{name}") is { } nested
                ? new CodeNode(outer.Assembly, nested)
                : null;
        }

        if (reference.ResolutionScope.Kind != HandleKind.AssemblyReference) return null;
        var assembly = Find(from.Metadata.GetString(from.Metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name));
        var space = from.Metadata.GetString(reference.Namespace);
        return assembly?.FindType(space.Length == 0 ? name : $"{space}.{name}") is { } type ? new CodeNode(assembly, type) : null;
    }

    static IOrderedEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // What the code reads at run time; code itself, its symbols and the lists of it are looked at otherwise.
    static bool IsContent(string file) =>
        Path.GetFileName(file) is not (PublishedProgram.Bootstrap or ProgramManifest.FileName)
        && Path.GetExtension(file) is not (".dll" or ".pdb" or ".dbg" or ".xml" or ".so")
        && !file.EndsWith(".deps.json", StringComparison.Ordinal)
        && !file.EndsWith(".runtimeconfig.json", StringComparison.Ordinal);
}
