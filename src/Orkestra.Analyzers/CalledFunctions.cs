using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers;

/// <summary>The code of methods and of delegates in static fields, where it stands in the same file.</summary>
internal static class CalledFunctions
{
    public static IOperation? BodyOf(IMethodSymbol method, SemanticModel? model, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences is { Length: 1 } declarations && declarations[0].SyntaxTree == model?.SyntaxTree
            ? model.GetOperation(declarations[0].GetSyntax(cancellation), cancellation)
            : null;

    /// <summary>What an operation calls: a method of a class, or a delegate in a static readonly field of it.</summary>
    public static (string Name, IOperation Body)? CalledBy(IOperation operation, INamedTypeSymbol? owner, CancellationToken cancellation)
    {
        if (operation is not IInvocationOperation call) return null;
        var (member, body) = call switch
        {
            { TargetMethod: { MethodKind: MethodKind.Ordinary } method } when IsOf(method) => ((ISymbol)method, BodyOf(method, call.SemanticModel, cancellation)),
            { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: IFieldReferenceOperation { Field: var field } } when IsOf(field) => (field, BodyOf(field, call.SemanticModel, cancellation)),
            _ => (null, null),
        };
        return member is null || body is null ? null : (member.Name, body);

        bool IsOf(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingType, owner);
    }

    /// <summary>The lambda that a static readonly field is filled with, or the method that it names.</summary>
    public static IOperation? BodyOf(IFieldSymbol field, SemanticModel? model, CancellationToken cancellation)
    {
        if (field is not { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: { Length: 1 } declarations } || declarations[0].SyntaxTree != model?.SyntaxTree) return null;
        if (declarations[0].GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: (AnonymousFunctionExpressionSyntax or IdentifierNameSyntax) and var value }) return null;
        return model.GetOperation(value, cancellation) switch
        {
            IAnonymousFunctionOperation lambda => lambda,
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
            IMethodReferenceOperation { Method: var method } => BodyOf(method, model, cancellation),
            _ => null,
        };
    }
}
