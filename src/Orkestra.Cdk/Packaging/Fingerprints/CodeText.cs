using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace Orkestra.Cdk.Packaging.Fingerprints;

/// <summary>Writes a piece of code as a text that is the same whatever stands around it, and collects the pieces it uses.</summary>
internal sealed class CodeText
{
    static readonly OpCode[] Short = new OpCode[256];
    static readonly OpCode[] Long = new OpCode[256];

    readonly CodeSet set;
    readonly CodeAssembly assembly;
    readonly MetadataReader metadata;
    readonly TypeNames types;
    readonly StringBuilder text = new();
    readonly HashSet<CodeNode> uses = [];

    static CodeText()
    {
        foreach (var code in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!))
            (code.Size == 1 ? Short : Long)[code.Value & 0xFF] = code;
    }

    public CodeText(CodeSet set, CodeAssembly assembly)
    {
        this.set = set;
        this.assembly = assembly;
        metadata = assembly.Metadata;
        types = new TypeNames((handle, _) => Use(set.Resolve(assembly, handle))) { FoundByName = name => Use(set.FindType(name, assembly)) };
    }

    public string Text => text.ToString();

    /// <summary>The pieces that are used.</summary>
    public IReadOnlySet<CodeNode> Uses => uses;

    public void Type(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var split = assembly.IsSplit(handle);
        Line($"type {types.Of(metadata, handle)} {type.Attributes} : {types.Of(metadata, type.BaseType)}");
        Attributes(type.GetCustomAttributes());
        foreach (var implemented in type.GetInterfaceImplementations()) Line(types.Of(metadata, metadata.GetInterfaceImplementation(implemented).Interface));
        foreach (var parameter in type.GetGenericParameters())
        {
            foreach (var constraint in metadata.GetGenericParameter(parameter).GetConstraints()) Line(types.Of(metadata, metadata.GetGenericParameterConstraint(constraint).Type));
        }

        foreach (var field in type.GetFields())
        {
            if (!split || (metadata.GetFieldDefinition(field).Attributes & FieldAttributes.Static) == 0) Field(field);
        }

        foreach (var property in type.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            if (split && property.GetAccessors() is var accessors && IsStatic(accessors.Getter.IsNil ? accessors.Setter : accessors.Getter)) continue;
            Line($"property {metadata.GetString(property.Name)}");
            Attributes(property.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods())
        {
            // The composition of a workflow is in its document, not in its functions. Lambdas have a type of their own, whose methods are used one by one.
            if (IsComposition(method) || (split && (IsStatic(method) || metadata.GetString(type.Name).StartsWith("<>c", StringComparison.Ordinal)))) continue;
            Method(method);
        }
    }

    public void Method(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        Line($"method {TypeNames.Stable(metadata.GetString(method.Name))} {method.Attributes} {TypeNames.Text(method.DecodeSignature(types, null))}");
        Attributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetParameters().Select(metadata.GetParameter)) Attributes(parameter.GetCustomAttributes());
        if (method.GetImport() is { Module.IsNil: false } import) Line($"{metadata.GetString(import.Name)} {metadata.GetString(metadata.GetModuleReference(import.Module).Name)}");
        if (assembly.BodyOf(method) is { } body) Body(body, 0, int.MaxValue);
    }

    /// <summary>A static field of a type that holds steps, with what fills it.</summary>
    public void FieldWithInitializer(FieldDefinitionHandle handle)
    {
        Field(handle);
        var type = metadata.GetTypeDefinition(metadata.GetFieldDefinition(handle).GetDeclaringType());
        var constructor = type.GetMethods().FirstOrDefault(method => metadata.GetString(metadata.GetMethodDefinition(method).Name) == ".cctor");
        if (constructor.IsNil || assembly.BodyOf(metadata.GetMethodDefinition(constructor)) is not { } body) return;
        var (start, end) = Initializer(handle, body, isMadeOfInitializers: (type.Attributes & TypeAttributes.BeforeFieldInit) != 0);
        Body(body, start, end);
    }

    // Initializers follow each other and each ends with the field it fills. A static constructor of the user's may do anything, so all of it counts.
    (int Start, int End) Initializer(FieldDefinitionHandle field, MethodBodyBlock body, bool isMadeOfInitializers)
    {
        if (!isMadeOfInitializers || body.ExceptionRegions.Length > 0) return (0, int.MaxValue);
        var start = 0;
        var bytes = body.GetILReader();
        while (bytes.RemainingBytes > 0)
        {
            var (code, operand) = Next(ref bytes);
            if (code != OpCodes.Stsfld || MetadataTokens.EntityHandle((int)operand) is not { Kind: HandleKind.FieldDefinition } filled) continue;
            if (metadata.GetFieldDefinition((FieldDefinitionHandle)filled).GetDeclaringType() != metadata.GetFieldDefinition(field).GetDeclaringType()) continue;
            if (filled == field) return (start, bytes.Offset);
            start = bytes.Offset;
        }

        return (0, 0);
    }

    void Field(FieldDefinitionHandle handle)
    {
        var field = metadata.GetFieldDefinition(handle);
        var constant = field.GetDefaultValue() is { IsNil: false } value ? Convert.ToHexString(metadata.GetBlobBytes(metadata.GetConstant(value).Value)) : "";
        Line($"field {TypeNames.Stable(metadata.GetString(field.Name))} {field.Attributes} {field.DecodeSignature(types, null)} {constant}");
        Attributes(field.GetCustomAttributes());
    }

    void Body(MethodBodyBlock body, int start, int end)
    {
        if (!body.LocalSignature.IsNil) Line(string.Join(',', metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(types, null)));
        foreach (var region in body.ExceptionRegions) Line($"{region.Kind} {region.TryOffset} {region.TryLength} {region.HandlerOffset} {region.HandlerLength} {types.Of(metadata, region.CatchType)}");
        var lines = new List<string>();
        var bytes = body.GetILReader();
        while (bytes.RemainingBytes > 0 && bytes.Offset < end)
        {
            var inside = bytes.Offset >= start;
            var (code, operand) = Next(ref bytes);
            if (code.OperandType == OperandType.InlineSwitch)
            {
                var targets = new int[operand];
                for (var i = 0; i < targets.Length; i++) targets[i] = bytes.ReadInt32();
                if (inside) lines.Add($"{code} {string.Join(',', targets)}");
                continue;
            }

            if (!inside) continue;
            var named = IsToken(code) ? Named((int)operand) : operand.ToString(System.Globalization.CultureInfo.InvariantCulture);
            // The compiler tells a step where it stands in its file, which is not what it does.
            if (code != OpCodes.Ldftn && named.Contains("Orkestra.Authoring.Step", StringComparison.Ordinal) && lines.Count > 1 && lines[^2].StartsWith("ldstr", StringComparison.Ordinal)
                && lines[^1].StartsWith("ldc.i4", StringComparison.Ordinal))
            {
                lines[^2] = lines[^1] = "place";
            }

            lines.Add($"{code} {named}");
        }

        foreach (var line in lines) Line(line);
    }

    static (OpCode Code, long Operand) Next(ref BlobReader bytes)
    {
        var first = bytes.ReadByte();
        var code = first == 0xFE ? Long[bytes.ReadByte()] : Short[first];
        return (code, code.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI => bytes.ReadSByte(),
            OperandType.ShortInlineVar => bytes.ReadByte(),
            OperandType.InlineVar => bytes.ReadUInt16(),
            OperandType.InlineI8 or OperandType.InlineR => bytes.ReadInt64(),
            _ => bytes.ReadInt32(),
        });
    }

    static bool IsToken(OpCode code) => code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType;

    string Named(int token)
    {
        var handle = MetadataTokens.Handle(token);
        return handle.Kind switch
        {
            HandleKind.UserString => metadata.GetUserString((UserStringHandle)handle),
            HandleKind.MethodDefinition => Member((EntityHandle)handle),
            HandleKind.FieldDefinition => Member((EntityHandle)handle),
            HandleKind.MemberReference => Reference((MemberReferenceHandle)handle),
            HandleKind.MethodSpecification => Specification(metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
            HandleKind.StandaloneSignature => TypeNames.Text(metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(types, null)),
            _ => types.Of(metadata, (EntityHandle)handle),
        };
    }

    string Specification(MethodSpecification method) => $"{Named(MetadataTokens.GetToken(method.Method))}<{string.Join(',', method.DecodeSignature(types, null))}>";

    string Member(EntityHandle handle)
    {
        UseMember(assembly, handle);
        if (handle.Kind == HandleKind.FieldDefinition)
        {
            var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
            return $"{types.Of(metadata, field.GetDeclaringType())}::{TypeNames.Stable(metadata.GetString(field.Name))}";
        }

        var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
        return $"{types.Of(metadata, method.GetDeclaringType())}::{TypeNames.Stable(metadata.GetString(method.Name))} {TypeNames.Text(method.DecodeSignature(types, null))}";
    }

    string Reference(MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        var name = metadata.GetString(member.Name);
        var owner = member.Parent.Kind == HandleKind.MethodDefinition ? Member(member.Parent) : types.Of(metadata, member.Parent);
        var isField = member.GetKind() == MemberReferenceKind.Field;
        foreach (var type in Owners(member.Parent))
        {
            var definition = type.Assembly.Metadata.GetTypeDefinition((TypeDefinitionHandle)type.Handle);
            IEnumerable<EntityHandle> members = isField
                ? definition.GetFields().Where(field => type.Assembly.Metadata.GetString(type.Assembly.Metadata.GetFieldDefinition(field).Name) == name).Select(field => (EntityHandle)field)
                : definition.GetMethods().Where(method => type.Assembly.Metadata.GetString(type.Assembly.Metadata.GetMethodDefinition(method).Name) == name).Select(method => (EntityHandle)method);
            // All methods of the name count, as a signature in another assembly is written in its own way.
            foreach (var found in members) UseMember(type.Assembly, found);
        }

        return $"{owner}::{TypeNames.Stable(name)} {(isField ? member.DecodeFieldSignature(types, null) : TypeNames.Text(member.DecodeMethodSignature(types, null)))}";
    }

    List<CodeNode> Owners(EntityHandle parent)
    {
        List<CodeNode> owners = [];
        new TypeNames((handle, _) =>
        {
            if (set.Resolve(assembly, handle) is { } type) owners.Add(type);
        }).Of(metadata, parent);
        return owners;
    }

    void UseMember(CodeAssembly owner, EntityHandle member)
    {
        var reader = owner.Metadata;
        if (member.Kind == HandleKind.MethodDefinition)
        {
            var method = reader.GetMethodDefinition((MethodDefinitionHandle)member);
            var type = method.GetDeclaringType();
            Use(new CodeNode(owner, type));
            if (owner.IsSplit(type) && ((method.Attributes & MethodAttributes.Static) != 0 || reader.GetString(reader.GetTypeDefinition(type).Name).StartsWith("<>c", StringComparison.Ordinal)))
                Use(new CodeNode(owner, member));
        }
        else
        {
            var field = reader.GetFieldDefinition((FieldDefinitionHandle)member);
            Use(new CodeNode(owner, field.GetDeclaringType()));
            if (owner.IsSplit(field.GetDeclaringType()) && (field.Attributes & FieldAttributes.Static) != 0) Use(new CodeNode(owner, member));
        }
    }

    void Use(CodeNode? node)
    {
        if (node is { } used) uses.Add(used);
    }

    bool IsStatic(MethodDefinitionHandle method) => (metadata.GetMethodDefinition(method).Attributes & MethodAttributes.Static) != 0;

    bool IsComposition(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return metadata.StringComparer.Equals(method.Name, "Define")
            && (method.Attributes & MethodAttributes.Virtual) != 0
            && method.DecodeSignature(TypeNames.Plain, null!) is { ParameterTypes.Length: 0, ReturnType: var returned }
            && returned.StartsWith("Orkestra.Authoring.Flow`2<", StringComparison.Ordinal);
    }

    void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            var name = attribute.Constructor.Kind == HandleKind.MemberReference ? Reference((MemberReferenceHandle)attribute.Constructor) : Member(attribute.Constructor);
            Line($"[{name} {Value(attribute)}]");
        }
    }

    string Value(CustomAttribute attribute)
    {
        try
        {
            var value = attribute.DecodeValue(types);
            return string.Join(',', [.. value.FixedArguments.Select(argument => $"{argument.Value}"), .. value.NamedArguments.Select(argument => $"{argument.Name}={argument.Value}")]);
        }
        catch (Exception exception) when (exception is BadImageFormatException or NotSupportedException or InvalidOperationException)
        {
            return Convert.ToHexString(metadata.GetBlobBytes(attribute.Value));
        }
    }

    void Line(string line) => text.Append(line).Append('\n');
}
