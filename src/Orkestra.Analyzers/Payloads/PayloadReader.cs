using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Looks at a payload type as System.Text.Json does: what it writes, and what it can fill when it reads.</summary>
/// <param name="isStrict">Whether the serializer's options are the default ones. Own options may include fields and know converters that are not seen here.</param>
/// <param name="isRead">Whether the type is read, not only written.</param>
internal sealed class PayloadReader(bool isStrict, bool isRead)
{
    // From here on .NET keeps the last elements in a tuple of their own, which the serializer does not look into.
    const int TooManyElements = 8;

    readonly HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default);

    public List<PayloadTypeProblem> Problems { get; } = [];

    /// <summary>Visits a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="member">The member whose type it is, or null at the top.</param>
    public void Visit(ITypeSymbol type, ISymbol? member = null)
    {
        if (member is not null && HasConverter(member))
        {
            VisitConverter(member, type);
            return;
        }

        switch (type)
        {
            case IDynamicTypeSymbol when isRead:
                Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is dynamic, but arrives as a JsonElement, which has none of the payload's members: declare a record with the members that are read, or use JsonElement.");
                return;
            case IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }:
                Add(PayloadRules.TooLarge, member, $"{Subject(type, member)} holds bytes, which travel as Base64 text");
                return;
            case IArrayTypeSymbol { Rank: > 1 }:
                NoForm(type, member);
                return;
            case IArrayTypeSymbol array:
                Visit(array.ElementType, member);
                return;
            case INamedTypeSymbol named:
                VisitNamed(named, member);
                return;
            case IPointerTypeSymbol or IFunctionPointerTypeSymbol:
                NoForm(type, member);
                return;
        }
    }

    void VisitNamed(INamedTypeSymbol type, ISymbol? member)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            Visit(type.TypeArguments[0], member);
            return;
        }

        switch (IsSpecial(type) ? SpaceOf(type) + "." + type.Name : "")
        {
            case "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask":
                Add(PayloadRules.Task, member, $"{Subject(type, member)} is a task, and a payload holds what a task gives: await it first, and let the type be {(type.TypeArguments.Length == 1 ? CodeNames.Of(type.TypeArguments[0]) : "what it gives")}.");
                return;
            case "System.Numerics.BigInteger" or "System.Numerics.Complex":
                Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is {type.Name}, whose value is not in the JSON that System.Text.Json writes of it: use decimal or long, or a string with all digits.");
                return;
            case "System.Int128" or "System.UInt128":
                Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is {type.Name}, of which no number beyond 64 bits arrives: use long or decimal, or a string with all digits.");
                return;
            case "System.DateTime":
                if (member is not null) Add(PayloadRules.DateTime, member, $"'{member.Name}'");
                return;
        }

        if (type.TypeKind == TypeKind.Delegate || IsFormless(type) || (isStrict && !IsCollection(type) && FrameworkTypes.HaveNoForm(type)))
        {
            NoForm(type, member);
            return;
        }

        if (type.IsTupleType)
        {
            if (type.TupleElements.Length >= TooManyElements)
            {
                Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is a tuple of {type.TupleElements.Length} elements, of which none is written: use a record, or at most {TooManyElements - 1} elements.");
                return;
            }

            foreach (var element in type.TupleElements) Visit(element.Type, member);
            return;
        }

        var isOwn = type.DeclaringSyntaxReferences.Length > 0;
        if (!isOwn || IsCollection(type))
        {
            if (KeyOf(type) is { } key && IsNoKey(key))
                Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} has {CodeNames.Of(key)} as its keys, which JSON cannot have: use string, number or enum keys, or a list of records with the key as a member.");
            if (isRead && IsStack(type)) Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is {CodeNames.Of(type)}, which is read back in reverse order: use a list or an array.");
            if (isOwn && !HasConverter(type)) VisitOwnCollection(type);
            foreach (var argument in type.TypeArguments) Visit(argument, member);
            return;
        }

        if (!seen.Add(type)) return;
        if (HasConverter(type)) VisitConverter(type, type);
        else if (type.TypeKind == TypeKind.Enum) VisitEnum(type);
        else VisitObject(type, member);
    }

    // The serializer writes the elements of a collection and nothing else of it.
    void VisitOwnCollection(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, IsOverride: false, DeclaredAccessibility: Accessibility.Public, SetMethod: not null } property && !IsIgnored(property) && IsAuto(property))
                Add(PayloadRules.Unreadable, property, $"'{property.Name}' of {CodeNames.Of(type)} is neither written nor read, because {CodeNames.Of(type)} is a collection, of which only the elements travel: use a record with '{property.Name}' and the elements as its members.");
        }
    }

    void VisitEnum(INamedTypeSymbol type)
    {
        if (!isStrict) return;
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not EnumDeclarationSyntax declaration) continue;
            if (declaration.Members.Any(static member => member.EqualsValue is not null)) return;
        }

        Add(PayloadRules.Enum, type, type.Name);
    }

    void VisitObject(INamedTypeSymbol type, ISymbol? member)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (isRead && attribute is { AttributeClass.Name: "JsonDerivedTypeAttribute", ConstructorArguments.Length: 1 } && attribute.ConstructorArguments[0].Value is INamedTypeSymbol derived && !SymbolEqualityComparer.Default.Equals(derived, type))
                Add(PayloadRules.Unreadable, type, $"{CodeNames.Of(derived)} is written as {CodeNames.Of(type)} without saying that it is one, so it is read back as {CodeNames.Of(type)}: give it a name, [JsonDerivedType(typeof({CodeNames.Of(derived)}), \"{derived.Name}\")].");
        }

        var isPolymorphic = type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute");
        if (type.TypeKind == TypeKind.Interface || type.IsAbstract)
        {
            if (isPolymorphic || !isStrict) return;
            var kind = type.TypeKind == TypeKind.Interface ? "an interface" : "abstract";
            Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is {CodeNames.Of(type)}, which is {kind}: only its own members are written and nothing can be read. Name the types it stands for with [JsonDerivedType(typeof(…), \"…\")] on {CodeNames.Of(type)}.");
            return;
        }

        var constructor = ConstructorOf(type);
        if (isRead && constructor is null && type.IsReferenceType)
        {
            Add(PayloadRules.Unreadable, type, $"{CodeNames.Of(type)} cannot be read: it has no public constructor that the serializer can choose. Keep one, or mark one with [JsonConstructor].");
            return;
        }

        var filled = new HashSet<string>(constructor?.Parameters.Select(static parameter => parameter.Name) ?? [], StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var current = type; current is { SpecialType: SpecialType.None, DeclaringSyntaxReferences.Length: > 0 }; current = current.BaseType)
        {
            foreach (var one in current.GetMembers()) VisitMember(one, filled, names, type);
        }

        if (isStrict && names.Count == 0 && Hidden(type) is { } hidden)
            Add(PayloadRules.Lost, type, $"{CodeNames.Of(type)} is written as {{}}, because none of its members is a public property, so '{hidden.Name}' is lost: make what it holds public properties, or write a [JsonConverter] for it.");
        if (!isRead || constructor is null || constructor.IsImplicitlyDeclared) return;
        foreach (var parameter in constructor.Parameters)
        {
            if (IgnoredMember(type, parameter.Name) is { } ignored)
                Add(PayloadRules.Unreadable, parameter, $"{CodeNames.Of(type)} cannot be read: its constructor's parameter '{parameter.Name}' fills '{ignored.Name}', which has [JsonIgnore]. Remove the attribute, or make '{ignored.Name}' a property outside of the constructor.");
            else if (!names.Contains(parameter.Name) && type.BaseType is { DeclaringSyntaxReferences.Length: > 0 } or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType })
                Add(PayloadRules.Unreadable, parameter, $"{CodeNames.Of(type)} cannot be read: its constructor's parameter '{parameter.Name}' belongs to no public member of that name. Name it like the member it fills.");
            else if (MemberOf(type, parameter.Name) is { } filler && !SymbolEqualityComparer.Default.Equals(filler.Type, parameter.Type) && filler.Type.TypeKind != TypeKind.Error && parameter.Type.TypeKind != TypeKind.Error)
                Add(PayloadRules.Unreadable, parameter, $"{CodeNames.Of(type)} cannot be read: its constructor's parameter '{parameter.Name}' is {CodeNames.Of(parameter.Type)}, but '{filler.Name}' is {CodeNames.Of(filler.Type)}. Give both one type.");
        }
    }

    void VisitMember(ISymbol member, HashSet<string> filled, HashSet<string> names, INamedTypeSymbol type)
    {
        if (member.IsStatic || member.IsImplicitlyDeclared && member is IFieldSymbol || IsIgnored(member)) return;
        if (member is IFieldSymbol { AssociatedSymbol: null, IsConst: false } field)
        {
            var isIncluded = HasAttribute(field, "JsonIncludeAttribute");
            if (isIncluded) names.Add(field.Name);
            if (field.DeclaredAccessibility == Accessibility.Public && !isIncluded && isStrict)
                Add(PayloadRules.Lost, field, $"'{field.Name}' of {CodeNames.Of(type)} is a field, which is neither written nor read: make it a property, or put [JsonInclude] on it.");
            if (isIncluded) Visit(field.Type, field);
            return;
        }

        if (member is not IPropertySymbol { IsIndexer: false, GetMethod: { } getter } property || property.Name == "EqualityContract") return;
        if (property.DeclaredAccessibility != Accessibility.Public && !HasAttribute(property, "JsonIncludeAttribute"))
        {
            // What others of the project can set is data; what is private may be computed again.
            if (isStrict && property is { DeclaredAccessibility: Accessibility.Internal, SetMethod.DeclaredAccessibility: Accessibility.Internal } && IsAuto(property))
                Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is internal, so it is neither written nor read: make it public, or put [JsonInclude] or [JsonIgnore] on it.");
            return;
        }

        if (getter.DeclaredAccessibility != Accessibility.Public && !HasAttribute(property, "JsonIncludeAttribute")) return;
        names.Add(property.Name);
        Visit(property.Type, property);
        VisitAttributes(property, type);
        if (!isRead || filled.Contains(property.Name) || property.IsOverride) return;
        var hasInclude = HasAttribute(property, "JsonIncludeAttribute");
        if (property.SetMethod is { } setter)
        {
            if (setter.DeclaredAccessibility == Accessibility.Public || hasInclude)
            {
                VisitComparer(property, type);
                return;
            }

            var accessor = setter.IsInitOnly ? "init" : "set";
            Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is written, but nothing fills it when it is read, because its '{accessor}' is not public: make it public, or put [JsonInclude] on it.");
            return;
        }

        if (IsAuto(property) && IsCollection(property.Type) && !HasAttribute(property, "JsonObjectCreationHandlingAttribute") && !HasAttribute(type, "JsonObjectCreationHandlingAttribute"))
            Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is written, but stays empty when it is read, because it has no setter: add 'init;', or put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it.");
        else if (IsAuto(property) && !HasInitializer(property) && type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))))
            Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is written, but nothing fills it when it is read: the serializer takes the constructor without parameters. Add 'init;', or put [JsonConstructor] on the constructor that fills it.");
    }

    void VisitAttributes(IPropertySymbol property, INamedTypeSymbol type)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "IgnoreDataMemberAttribute")
                Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is written all the same, because System.Text.Json does not know [IgnoreDataMember]: use [JsonIgnore] of System.Text.Json.Serialization.");
            if (isRead && isStrict && LeftOut(attribute, property) is { } left && InitialValue(property) is { } initial)
                Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} is not written when it is {left}, and is read back as {initial} then, with which it begins: leave out the condition of [JsonIgnore], or the initial value.");
        }
    }

    // 2 is WhenWritingDefault, 3 is WhenWritingNull.
    static string? LeftOut(AttributeData attribute, IPropertySymbol property)
    {
        if (attribute.AttributeClass?.Name != "JsonIgnoreAttribute") return null;
        var condition = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Condition").Value.Value;
        var canBeNull = property.Type.IsReferenceType || property.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return condition is 2 or 3 && canBeNull ? "null" : condition is 2 ? property.Type.SpecialType == SpecialType.System_Boolean ? "false" : "0" : null;
    }

    // Of a property, or of the parameter that a record makes one of; null when it is the type's default.
    static string? InitialValue(IPropertySymbol property)
    {
        var value = property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            PropertyDeclarationSyntax { Initializer.Value: var initializer } => initializer,
            ParameterSyntax { Default.Value: var given } => given,
            _ => null,
        };
        return value is null or DefaultExpressionSyntax or PostfixUnaryExpressionSyntax || value.ToString() is "default" or "null" or "0" or "0m" or "0L" or "0.0" or "false" ? null : value.ToString();
    }

    // A converter that was only begun fails when the first value meets it.
    void VisitConverter(ISymbol attributed, ITypeSymbol type)
    {
        if (attributed.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "JsonConverterAttribute") is not { ConstructorArguments: { Length: 1 } given }
            || given[0].Value is not INamedTypeSymbol { DeclaringSyntaxReferences.Length: > 0 } converter) return;
        foreach (var method in converter.GetMembers().OfType<IMethodSymbol>())
        {
            if (method is not { IsOverride: true, Name: "Write" or "Read" } || (method.Name == "Read" && !isRead) || ThrownBy(method) is not { } exception) continue;
            Add(PayloadRules.Unreadable, method, $"'{method.Name}' of {CodeNames.Of(converter)}, the converter of {CodeNames.Of(type.WithNullableAnnotation(NullableAnnotation.None))}, only throws {exception}, but a payload is written by one step and read by the next: let it {(method.Name == "Read" ? "make the value of what 'Write' writes" : "write what 'Read' reads")}.");
        }
    }

    static string? ThrownBy(IMethodSymbol method)
    {
        var thrown = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: ThrowExpressionSyntax thrower } => thrower.Expression,
            MethodDeclarationSyntax { Body.Statements: { Count: 1 } statements } => (statements[0] as ThrowStatementSyntax)?.Expression,
            _ => null,
        };
        return thrown is ObjectCreationExpressionSyntax { Type: var type } ? type.ToString() : null;
    }

    // What the serializer sets is a collection of its own.
    void VisitComparer(IPropertySymbol property, INamedTypeSymbol type)
    {
        if (property.Type is not INamedTypeSymbol { Name: "Dictionary" or "HashSet" or "SortedDictionary" or "SortedSet" } collection || !IsAuto(property)
            || HasAttribute(property, "JsonObjectCreationHandlingAttribute") || HasAttribute(type, "JsonObjectCreationHandlingAttribute")) return;
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not PropertyDeclarationSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } }) return;
        if (arguments.FirstOrDefault(static argument => argument.Expression.ToString().StartsWith("StringComparer.", StringComparison.Ordinal)) is { Expression: var comparer })
            Add(PayloadRules.Lost, property, $"'{property.Name}' of {CodeNames.Of(type)} loses its {comparer} when it is read, because the serializer sets a {collection.Name} of its own: put [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] on it, so that this one is filled.");
    }

    static IMethodSymbol? ConstructorOf(INamedTypeSymbol type)
    {
        var all = type.InstanceConstructors.Where(constructor => !IsCopy(constructor, type)).ToArray();
        if (all.FirstOrDefault(static constructor => HasAttribute(constructor, "JsonConstructorAttribute")) is { } chosen) return chosen;
        var visible = all.Where(static constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToArray();
        return visible.FirstOrDefault(static constructor => constructor.Parameters.Length == 0) ?? (visible.Length == 1 ? visible[0] : null);
    }

    static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    static bool IsAuto(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } list }
        && list.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null);

    static bool HasInitializer(IPropertySymbol property) => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null };

    // A field in which a type keeps what it is; what is internal is reported by itself.
    static IFieldSymbol? Hidden(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(static field =>
        field is { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false, DeclaredAccessibility: Accessibility.Private } && !IsIgnored(field));

    static IPropertySymbol? MemberOf(INamedTypeSymbol type, string parameter) => type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
        property is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } && string.Equals(property.Name, parameter, StringComparison.OrdinalIgnoreCase));

    static IPropertySymbol? IgnoredMember(INamedTypeSymbol type, string parameter) => type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
        string.Equals(property.Name, parameter, StringComparison.OrdinalIgnoreCase)
        && property.GetAttributes().Any(IsAlwaysIgnored));

    static bool IsStack(INamedTypeSymbol type) => type.Name is "Stack" or "ConcurrentStack" or "ImmutableStack" or "IImmutableStack" && SpaceOf(type).StartsWith("System.Collections", StringComparison.Ordinal);

    static bool IsIgnored(ISymbol member) => member.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "JsonExtensionDataAttribute" || IsAlwaysIgnored(attribute));

    /// <summary>Whether a property keeps a value that its JSON leaves out.</summary>
    public static bool IsNeverWritten(IPropertySymbol property) => property.GetAttributes().Any(IsAlwaysIgnored) && IsAuto(property);

    // A condition, such as WhenWritingNull, leaves a member out only sometimes; 1 is Always.
    static bool IsAlwaysIgnored(AttributeData attribute) => attribute.AttributeClass?.Name == "JsonIgnoreAttribute"
        && attribute.NamedArguments.All(static argument => argument.Key != "Condition" || argument.Value.Value is 1);

    static bool HasConverter(ISymbol symbol) => HasAttribute(symbol, "JsonConverterAttribute");

    static bool HasAttribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name == name) return true;
            }
        }

        return false;
    }

    static bool IsCollection(ITypeSymbol type) => type.SpecialType != SpecialType.System_String && OrkestraTypes.IsSequence(type);

    static ITypeSymbol? KeyOf(INamedTypeSymbol type) =>
        type.AllInterfaces.Prepend(type).FirstOrDefault(static one => one is { Name: "IDictionary" or "IReadOnlyDictionary", TypeArguments.Length: 2 })?.TypeArguments[0];

    // Of the types of one's own only enums and those with a converter can be written as the name of a member.
    static bool IsNoKey(ITypeSymbol key) =>
        key is IArrayTypeSymbol or INamedTypeSymbol { IsTupleType: true } || (key.DeclaringSyntaxReferences.Length > 0 && key.TypeKind is not (TypeKind.Enum or TypeKind.TypeParameter) && !HasConverter(key));

    static bool IsFormless(INamedTypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "Stream" or "Type" or "Exception" or "CancellationToken"
                && (current.Name, SpaceOf(current)) is ("Stream", "System.IO") or ("Type", "System") or ("Exception", "System") or ("CancellationToken", "System.Threading"))
                return true;
        }

        return type.IsRefLikeType;
    }

    // Names are compared first: making the text of a namespace costs more than all else that is looked at of a type.
    static bool IsSpecial(INamedTypeSymbol type) => type.Name is "Task" or "ValueTask" or "BigInteger" or "Complex" or "Int128" or "UInt128" or "DateTime";

    static string SpaceOf(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() ?? "";

    void NoForm(ITypeSymbol type, ISymbol? member) =>
        Add(PayloadRules.Unreadable, member, $"{Subject(type, member)} is {CodeNames.Of(type)}, which has no JSON form: pass data between steps, such as a record.");

    static string Subject(ITypeSymbol type, ISymbol? member) => member is null ? "The payload" : $"'{member.Name}' of {CodeNames.Of(member.ContainingType)}";

    void Add(DiagnosticDescriptor rule, ISymbol? member, string text) => Problems.Add(new(rule, member, text));
}
