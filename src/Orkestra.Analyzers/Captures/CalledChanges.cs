using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Captures;

/// <summary>What a method of the project that a step calls counts or collects. One that sets a field mostly keeps what it made, as a cache.</summary>
internal static class CalledChanges
{
    public static string? Of(IOperation operation, StepBody step, OrkestraTypes types, OperationAnalysisContext context)
    {
        if (operation is not IInvocationOperation call || CalledBy(call, step, types, context) is not var (name, body) || SharedState.IsGuarded(operation)) return null;
        if (step.IsHandler && HandlerFields.ChangedBy(call, body, step, context.CancellationToken) is { } own) return own;
        foreach (var part in body.Descendants())
        {
            var isChange = part switch
            {
                IArrayElementReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } => part.Parent is ICompoundAssignmentOperation or IIncrementOrDecrementOperation && !SharedState.IsGuarded(part),
                IInvocationOperation { Instance.Type.Name: "List" or "Queue" or "Stack" or "LinkedList" } => true,
                _ => false,
            };
            if (isChange && (SharedState.ChangedBy(part) ?? SharedState.RecordedBy(part)) is { } what) return $"{what} in '{name}'";
        }

        return null;
    }

    static (string Name, IOperation Body)? CalledBy(IInvocationOperation call, StepBody step, OrkestraTypes types, OperationAnalysisContext context)
    {
        var method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke || SymbolEqualityComparer.Default.Equals(method.ContainingType, step.Owner))
            return method.MethodKind == MethodKind.DelegateInvoke || method.IsStatic || step.IsHandler ? CalledFunctions.CalledBy(call, step.Owner, context.CancellationToken) : null;
        if (types.IsOfTests || method is not { IsStatic: true, MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences: { Length: 1 } declarations } || call.SemanticModel is not { } model) return null;
        var declaration = declarations[0].GetSyntax(context.CancellationToken);
        if (!declaration.DescendantNodes().Any(MayChange)) return null;
#pragma warning disable RS1030 // Another file is asked only for a method of it that counts or adds to something.
        if (declaration.SyntaxTree != model.SyntaxTree) model = context.Compilation.GetSemanticModel(declaration.SyntaxTree);
#pragma warning restore RS1030
        return model.GetOperation(declaration, context.CancellationToken) is { } body ? ($"{method.ContainingType.Name}.{method.Name}", body) : null;
    }

    static bool MayChange(SyntaxNode node) => node switch
    {
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) || unary.IsKind(SyntaxKind.PostDecrementExpression),
        AssignmentExpressionSyntax assignment => !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => CollectionChanges.Include(name),
        _ => false,
    };
}
