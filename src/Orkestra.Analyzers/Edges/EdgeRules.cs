using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Edges;

/// <summary>What is said beside the compiler's errors where a composition does not fit.</summary>
internal static class EdgeRules
{
    public static readonly DiagnosticDescriptor Misfit = Rule.Error(
        "ORK013", "Steps do not fit", "'{0}' takes {1}, but '{2}' gives {3}. {4}");

    public static readonly DiagnosticDescriptor WrongBranches = Rule.Error(
        "ORK014", "The branches do not fit", "{0}");

    public static readonly DiagnosticDescriptor NoFlow = Rule.Error(
        "ORK015", "A part of the chain is not a flow", "{0}");
}
