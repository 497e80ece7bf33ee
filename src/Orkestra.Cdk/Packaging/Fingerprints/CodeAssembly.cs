using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>An assembly of the projects that a program is built from.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The reader is over memory, so that it has nothing to release.")]
internal sealed class CodeAssembly
{
    readonly PEReader file;
    readonly Dictionary<string, TypeDefinitionHandle> types = new(StringComparer.Ordinal);
    readonly HashSet<TypeDefinitionHandle> holders = [];

    public CodeAssembly(string path)
    {
        file = new PEReader(new MemoryStream(File.ReadAllBytes(path)));
        Metadata = file.GetMetadataReader();
        foreach (var handle in Metadata.TypeDefinitions) types.TryAdd(FullName(handle), handle);
        foreach (var handle in Metadata.TypeDefinitions)
        {
            if (Metadata.GetTypeDefinition(handle).GetFields().Any(IsStep)) holders.Add(handle);
        }
    }

    public MetadataReader Metadata { get; }

    /// <summary>The method that the program begins with; null for a library.</summary>
    public MethodDefinitionHandle? EntryPoint =>
        file.PEHeaders.CorHeader is { EntryPointTokenOrRelativeVirtualAddress: > 0 and var token } ? (MethodDefinitionHandle)System.Reflection.Metadata.Ecma335.MetadataTokens.EntityHandle(token) : null;

    /// <summary>A type by its full name, nested ones with '+' between the names.</summary>
    public TypeDefinitionHandle? FindType(string fullName) => types.TryGetValue(fullName, out var handle) ? handle : null;

    public MethodBodyBlock? BodyOf(MethodDefinition method) => method.RelativeVirtualAddress == 0 ? null : file.GetMethodBody(method.RelativeVirtualAddress);

    /// <summary>The files embedded in the assembly.</summary>
    public ReadOnlySpan<byte> Resources =>
        file.PEHeaders.CorHeader!.ResourcesDirectory is { Size: > 0 } resources ? file.GetSectionData(resources.RelativeVirtualAddress).GetContent(0, resources.Size).AsSpan() : [];

    public string FullName(TypeDefinitionHandle handle)
    {
        var type = Metadata.GetTypeDefinition(handle);
        var name = Metadata.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer) return $"{FullName(outer)}+{name}";
        var space = Metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    /// <summary>Whether the parts of a type are pieces of their own: it holds steps, or is made by the compiler for one that does.</summary>
    public bool IsSplit(TypeDefinitionHandle handle)
    {
        if (holders.Contains(handle)) return true;
        var type = Metadata.GetTypeDefinition(handle);
        var name = Metadata.GetString(type.Name);
        return name == "<PrivateImplementationDetails>"
            || (name.StartsWith("<>c", StringComparison.Ordinal) && type.GetDeclaringType() is { IsNil: false } outer && holders.Contains(outer));
    }

    /// <summary>Whether a static field holds a step.</summary>
    public bool IsStep(FieldDefinitionHandle handle)
    {
        var field = Metadata.GetFieldDefinition(handle);
        return (field.Attributes & System.Reflection.FieldAttributes.Static) != 0 && field.DecodeSignature(TypeNames.Plain, null!).StartsWith("Orkestra.Authoring.Step`2<", StringComparison.Ordinal);
    }
}
