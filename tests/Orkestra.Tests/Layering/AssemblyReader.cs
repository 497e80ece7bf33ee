using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Orkestra.Tests.Layering;

/// <summary>Reads which types of an assembly use which others of it: in signatures, in bases, and in the code of methods.</summary>
internal sealed class AssemblyReader : IDisposable
{
    static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => (ushort)code.Value);

    readonly PEReader file;
    readonly MetadataReader metadata;

    public AssemblyReader(string path)
    {
        file = new PEReader(File.OpenRead(path));
        metadata = file.GetMetadataReader();
    }

    /// <summary>Each use across the namespaces of the assembly; a namespace is named by its first two parts.</summary>
    public IEnumerable<(string Type, string From, string To)> Uses()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var from = Layer(handle);
            if (from is null) continue;
            var type = metadata.GetTypeDefinition(handle);
            var name = metadata.GetString(type.Name);
            foreach (var used in Used(type))
            {
                if (Layer(used) is { } to && to != from) yield return (name, from, to);
            }
        }
    }

    /// <summary>Each use of one type by another; both are named with their full namespaces, and nested types belong to the type around them.</summary>
    public IEnumerable<(string From, string To)> TypeUses()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            if (FullName(handle) is not { } from) continue;
            foreach (var used in Used(metadata.GetTypeDefinition(handle)))
            {
                if (FullName(used) is { } to && to != from) yield return (from, to);
            }
        }
    }

    public void Dispose() => file.Dispose();

    HashSet<TypeDefinitionHandle> Used(TypeDefinition type)
    {
        var found = new TypeCollector(metadata);
        found.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations()) found.Add(metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (var field in type.GetFields()) metadata.GetFieldDefinition(field).DecodeSignature(found, null);
        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            method.DecodeSignature(found, null);
            if (method.RelativeVirtualAddress == 0) continue;
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(found, null);
            foreach (var token in Tokens(body.GetILReader())) found.Add(token);
        }

        return found.Types;
    }

    static List<EntityHandle> Tokens(BlobReader code)
    {
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            ushort value = code.ReadByte();
            if (value == 0xFE) value = (ushort)(0xFE00 | code.ReadByte());
            switch (OpCodesByValue[value].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var cases = code.ReadInt32();
                    code.Offset += cases * 4;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineBrTarget or OperandType.InlineI or OperandType.InlineSig or OperandType.InlineString or OperandType.ShortInlineR:
                    code.Offset += 4;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                default:
                    break;
            }
        }

        return tokens;
    }

    // Nested types have no namespace of their own; what source generators and the compiler make has others, or none.
    string? Layer(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.IsNested) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        var parts = metadata.GetString(type.Namespace).Split('.');
        return parts.Length < 2 || parts[0] != "Orkestra" ? null : $"{parts[0]}.{parts[1]}";
    }

    string? FullName(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.IsNested) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        var space = metadata.GetString(type.Namespace);
        return space.StartsWith("Orkestra.", StringComparison.Ordinal) ? $"{space}.{metadata.GetString(type.Name)}" : null;
    }
}
