using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orkestra.Analyzers.Edges;

/// <summary>The usual ways to make two steps fit, the likeliest first.</summary>
internal static class Fixes
{
    /// <summary>What comes before a case or a default.</summary>
    public const string Switch = "Switch";

    /// <summary>One sentence.</summary>
    /// <param name="left">The name of what comes before.</param>
    /// <param name="given">What it gives.</param>
    /// <param name="right">The name of what follows.</param>
    /// <param name="taken">What that takes.</param>
    /// <param name="types">Orkestra's types.</param>
    /// <param name="compilation">The compilation.</param>
    public static string Of(string left, ITypeSymbol given, string right, ITypeSymbol taken, OrkestraTypes types, Compilation compilation)
    {
        if (ElementOf(given) is { } element && Converts(element, taken, compilation)) return $"Use '{Receiver(right)}.Map()' to run it for each element.";
        if (OrkestraTypes.IsOf(given, types.Outcome) && Converts(((INamedTypeSymbol)given).TypeArguments[0], taken, compilation))
            return $"Use '.Rethrow()', which fails with its error, or '.Select(outcome => outcome.ValueOr(…))' to take the value, or leave out the '.Capture()' of '{left}'.";
        if (OrkestraTypes.IsOf(taken, types.Outcome) && Converts(given, ((INamedTypeSymbol)taken).TypeArguments[0], compilation))
            return $"Use '{Receiver(left)}.Capture()' to make its errors part of the payload.";
        if (ElementOf(taken) is { } single && Converts(given, single, compilation))
            return right.EndsWith(".Map()", StringComparison.Ordinal)
                ? $"Leave out '.Map()' to run '{right.Substring(0, right.Length - ".Map()".Length)}' once, or let '{left}' give an array."
                : $"Use '{Receiver(left)}.Select(value => new[] {{ value }})' to give an array of one.";
        if (taken is { Name: "Nothing", ContainingNamespace: { Name: "Authoring", ContainingNamespace.Name: "Orkestra" } }) return WithoutInput(left, given, right);
        if (left == Switch) return $"Begin it with 'Flow.Input<{CodeNames.Of(given)}>().Select({Parameter(given)} => …) >>' to give {CodeNames.Of(taken)}, or change the type of one of them.";
        return $"Use '{Receiver(left)}.Select({Parameter(given)} => …)' to give {CodeNames.Of(taken)} (.Map() runs a step for each element, .Capture() gives an Outcome), or change the type of one of them.";
    }

    static string WithoutInput(string left, ITypeSymbol given, string right)
    {
        const string with = ".With(";
        var start = right.LastIndexOf(with, StringComparison.Ordinal);
        return start > 0 && right.EndsWith(")", StringComparison.Ordinal)
            ? $"'.With(…)' begins a flow. Use 'Flow.Input<{CodeNames.Of(given)}>().Select({Selector(given, right.Substring(start + with.Length, right.Length - start - with.Length - 1))}) >> {right.Substring(0, start)}'."
            : $"Declare '{right}' with the input object?, which accepts what '{left}' gives.";
    }

    static string Selector(ITypeSymbol given, string value) => value.Contains("=>") ? value : $"{Parameter(given)} => {value}";

    public static bool Converts(ITypeSymbol from, ITypeSymbol to, Compilation compilation) =>
        compilation.ClassifyConversion(from, to) is { IsImplicit: true } conversion && (conversion.IsIdentity || conversion.IsReference || conversion.IsBoxing);

    /// <summary>Whether a type says nothing: after an error inside a flow the compiler gives types that it doesn't know, or the type parameters of the method that was called.</summary>
    public static bool IsUnknown(ITypeSymbol type, Compilation compilation) => type switch
    {
        { TypeKind: TypeKind.Error } => true,
        ITypeParameterSymbol parameter => !SymbolEqualityComparer.Default.Equals(parameter.ContainingAssembly, compilation.Assembly),
        IArrayTypeSymbol array => IsUnknown(array.ElementType, compilation),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => IsUnknown(argument, compilation)),
        _ => false,
    };

    static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array) return array.ElementType;
        if (type.SpecialType == SpecialType.System_String) return null;
        return type is INamedTypeSymbol { TypeArguments.Length: 1 } named
            && (named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
                || named.AllInterfaces.Any(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T))
            ? named.TypeArguments[0]
            : null;
    }

    static string Receiver(string text) => text.IndexOf(' ') >= 0 && !text.StartsWith("(", StringComparison.Ordinal) ? $"({text})" : text;

    /// <summary>A name for a value of a type, as the parameter of a lambda.</summary>
    public static string Parameter(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsAnonymousType: false, IsTupleType: false, SpecialType: SpecialType.None, Name: { Length: > 0 } name }) return "value";
        var parameter = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return SyntaxFacts.GetKeywordKind(parameter) == SyntaxKind.None ? parameter : "value";
    }
}
