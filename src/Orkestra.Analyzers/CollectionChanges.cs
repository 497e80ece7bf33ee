using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers;

/// <summary>The methods by which a collection is changed.</summary>
internal static class CollectionChanges
{
    static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "Clear", "Dequeue", "Enqueue", "Insert", "InsertRange", "Pop", "Push", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast", "Reverse", "Sort",
        "TryAdd", "TryDequeue", "TryPop", "UnionWith",
    };

    public static bool Include(IMethodSymbol method) => Include(method.Name);

    public static bool Include(string name) => Names.Contains(name);
}
