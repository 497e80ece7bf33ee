using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Expressions;

/// <summary>
/// What the lowering of expressions knows of the base library: a table in KnownMembers.txt, which a test makes by asking the lowering itself. A line is a type, its
/// methods, and after a bar its properties; what is not in the line of a type has no counterpart in JSONata.
/// </summary>
internal static class KnownMembers
{
    static readonly Lazy<Dictionary<string, (HashSet<string> Methods, HashSet<string> Properties)>> Table = new(Read);

    /// <summary>Whether a method of the base library can become JSONata; null when the table says nothing of its type.</summary>
    public static bool? Knows(IMethodSymbol method) => Table.Value.TryGetValue(NameOf(method.ContainingType), out var known) ? known.Methods.Contains(method.Name) : null;

    /// <summary>Whether a property of the base library can become JSONata; null when the table says nothing of its type.</summary>
    public static bool? Knows(IPropertySymbol property) => Table.Value.TryGetValue(NameOf(property.ContainingType), out var known) ? known.Properties.Contains(property.Name) : null;

    static string NameOf(INamedTypeSymbol type)
    {
        var name = type.OriginalDefinition.MetadataName;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType) name = $"{outer.MetadataName}+{name}";
        return $"{type.ContainingNamespace.ToDisplayString()}.{name}";
    }

    static Dictionary<string, (HashSet<string> Methods, HashSet<string> Properties)> Read()
    {
        var table = new Dictionary<string, (HashSet<string> Methods, HashSet<string> Properties)>(StringComparer.Ordinal);
        using var stream = typeof(KnownMembers).Assembly.GetManifestResourceStream("Orkestra.Analyzers.Expressions.KnownMembers.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split([": ", " |"], StringSplitOptions.None);
            if (parts.Length == 3) table.Add(parts[0], (Words(parts[1]), Words(parts[2])));
        }

        return table;

        static HashSet<string> Words(string text) => new(text.Split([' '], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
