using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Payloads;

/// <summary>A step or workflow and the types at its ends.</summary>
internal sealed record PayloadUse(ISymbol Symbol, string Name, ImmutableArray<ITypeSymbol> Ends, bool IsWorkflow)
{
    // The caller reads what a workflow gives.
    public bool IsRead(int end) => end == 0 || IsWorkflow;

    /// <summary>The uses that stand in a type: its steps, and the type itself when it is a workflow.</summary>
    public static IEnumerable<PayloadUse> Of(INamedTypeSymbol type, OrkestraTypes types)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) yield break;
        if (type.BaseType is { } parent && OrkestraTypes.IsOf(parent, types.Workflow)) yield return new(type, $"workflow {type.Name}", parent.TypeArguments, true);
        foreach (var member in type.GetMembers())
        {
            var made = member switch
            {
                IFieldSymbol { AssociatedSymbol: null } field => field.Type,
                IPropertySymbol property => property.Type,
                _ => null,
            };
            if (types.IsStep(made)) yield return new(member, $"step '{member.Name}'", ((INamedTypeSymbol)made!).TypeArguments, false);
        }
    }
}
