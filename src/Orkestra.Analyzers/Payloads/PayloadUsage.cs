using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Payloads;

/// <summary>The types that travel in a compilation, and what is to be said of them. Made once, when the first type is looked at.</summary>
internal sealed class PayloadUsage
{
    readonly ConcurrentDictionary<ITypeSymbol, ImmutableArray<PayloadTypeProblem>> read = new(SymbolEqualityComparer.Default);
    readonly ConcurrentDictionary<ITypeSymbol, ImmutableArray<PayloadTypeProblem>> written = new(SymbolEqualityComparer.Default);
    readonly Dictionary<ISymbol, List<PayloadTypeProblem>> byType = new(SymbolEqualityComparer.Default);
    readonly bool isStrict;

    public PayloadUsage(Compilation compilation, OrkestraTypes types)
    {
        isStrict = !compilation.GetSymbolsWithName("JsonOptions", SymbolFilter.Member).Any();
        var said = new HashSet<(string, ISymbol)>(Comparer.Instance);
        var pending = new Stack<INamespaceOrTypeSymbol>([compilation.Assembly.GlobalNamespace]);
        while (pending.Count > 0)
        {
            var container = pending.Pop();
            foreach (var member in container.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner) pending.Push(inner);
            }

            if (container is not INamedTypeSymbol type) continue;
            foreach (var use in PayloadUse.Of(type, types))
            {
                for (var i = 0; i < 2; i++) Collect(Problems(use.Ends[i], use.IsRead(i)), said);
            }
        }
    }

    /// <summary>What is to be said of a type's own members.</summary>
    public IReadOnlyList<PayloadTypeProblem> Of(INamedTypeSymbol type) => byType.TryGetValue(type, out var problems) ? problems : [];

    /// <summary>What is to be said of a type at one end of a step.</summary>
    public ImmutableArray<PayloadTypeProblem> Problems(ITypeSymbol type, bool isRead) => (isRead ? read : written).GetOrAdd(type, payload =>
    {
        var reader = new PayloadReader(isStrict, isRead);
        reader.Visit(payload);
        return [.. reader.Problems];
    });

    void Collect(ImmutableArray<PayloadTypeProblem> problems, HashSet<(string, ISymbol)> said)
    {
        foreach (var problem in problems)
        {
            if (problem.Member is not { } member || !said.Add((problem.Rule.Id, member))) continue;
            var owner = (member as INamedTypeSymbol ?? member.ContainingType).OriginalDefinition;
            if (!byType.TryGetValue(owner, out var own)) byType.Add(owner, own = []);
            own.Add(problem);
        }
    }

    sealed class Comparer : IEqualityComparer<(string Id, ISymbol Member)>
    {
        public static Comparer Instance { get; } = new();

        public bool Equals((string Id, ISymbol Member) x, (string Id, ISymbol Member) y) => x.Id == y.Id && SymbolEqualityComparer.Default.Equals(x.Member.OriginalDefinition, y.Member.OriginalDefinition);

        public int GetHashCode((string Id, ISymbol Member) one) => SymbolEqualityComparer.Default.GetHashCode(one.Member.OriginalDefinition) ^ StringComparer.Ordinal.GetHashCode(one.Id);
    }
}
