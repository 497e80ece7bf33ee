using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering;

namespace Orkestra.Authoring.Compilation;

/// <summary>The derived types of a payload, and how its JSON tells them apart.</summary>
internal sealed class Hierarchy
{
    readonly string discriminator;
    readonly IReadOnlyList<JsonDerivedType> types;

    Hierarchy(Type root, string discriminator, IReadOnlyList<JsonDerivedType> types)
    {
        Root = root;
        this.discriminator = discriminator;
        this.types = types;
    }

    public Type Root { get; }

    /// <summary>Every type that a payload can be.</summary>
    public IEnumerable<Type> Types => types.Select(static type => type.DerivedType).Concat(Root.IsAbstract || Root.IsInterface || types.Any(type => type.DerivedType == Root) ? [] : [Root]);

    public static Hierarchy Of(Type root, JsonSerializerOptions options)
    {
        if (!options.TryGetTypeInfo(root, out var info) || info.PolymorphismOptions is not { } polymorphism)
            throw new WorkflowException($"A switch over the types of {TypeName.Of(root)} can't tell them apart: add [JsonDerivedType(typeof(…), \"…\")] to {TypeName.Of(root)} for each of them.");
        if (polymorphism.DerivedTypes.Where(static type => type.TypeDiscriminator is null).Select(static type => type.DerivedType).FirstOrDefault() is { } unnamed)
            throw new WorkflowException($"A switch over the types of {TypeName.Of(root)} can't tell {TypeName.Of(unnamed)} from the others: give it a discriminator, [JsonDerivedType(typeof({TypeName.Of(unnamed)}), \"…\")].");
        return new Hierarchy(root, polymorphism.TypeDiscriminatorPropertyName, [.. polymorphism.DerivedTypes]);
    }

    /// <summary>The JSONata of whether a payload is of a type.</summary>
    /// <exception cref="WorkflowException">No payload is of this type.</exception>
    public string Condition(Type type, string payload)
    {
        List<JsonataFragment> names = [.. types.Where(derived => type.IsAssignableFrom(derived.DerivedType)).Select(static derived => derived.TypeDiscriminator switch
        {
            int number => Syntax.Number(number),
            var name => Syntax.Text((string)name!),
        })];
        var member = Syntax.Member(new JsonataFragment(payload, Precedence.Path), discriminator);
        return names.Count switch
        {
            0 => throw new WorkflowException($"No payload of {TypeName.Of(Root)} is {TypeName.Of(type)}: add [JsonDerivedType(typeof({TypeName.Of(type)}), \"…\")] to {TypeName.Of(Root)}, or remove the case."),
            1 => Syntax.Compare("=", member, names[0]).Text,
            _ => $"{member.Text} in [{string.Join(", ", names.Select(static name => name.Text))}]",
        };
    }
}
