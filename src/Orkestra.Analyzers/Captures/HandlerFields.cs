using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Captures;

/// <summary>
/// Fields in which a handler counts or collects from one call to the next. What a call gathers for itself, in a loop or in several places, is its own, and what the container gives to the constructor may be shared.
/// </summary>
internal static class HandlerFields
{
    public static string? ChangedBy(IOperation operation, IOperation body, StepBody step, CancellationToken cancellation)
    {
        if (operation is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }, Member: var member } reference) return null;
        if (!SymbolEqualityComparer.Default.Equals(member.ContainingType, step.Owner) || IsRepeated(reference, body)) return null;
        var isKept = Counts(reference) || (Collects(reference) && IsMadeHere(member, cancellation));
        return isKept && ChangesOf(member, cancellation) == 1 ? $"changes '{member.Name}' of its handler, and each call may get a new handler" : null;
    }

    /// <summary>What a method changes that is called once; one that is called again, or calls itself, works for this call.</summary>
    public static string? ChangedBy(IInvocationOperation call, IOperation called, StepBody step, CancellationToken cancellation)
    {
        if (IsRepeated(call, step.Body) || NamesOf(call.TargetMethod, cancellation).Count() != 1) return null;
        return called.Descendants().Select(part => ChangedBy(part, called, step, cancellation)).FirstOrDefault(static what => what is not null);
    }

    static bool Counts(IMemberReferenceOperation reference) => reference.Type is { IsValueType: true } && reference.Parent switch
    {
        IIncrementOrDecrementOperation => true,
        ICompoundAssignmentOperation assignment => assignment.Target == reference,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref, Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" } } => true,
        _ => false,
    };

    static bool Collects(IMemberReferenceOperation reference) => OrkestraTypes.IsSequence(reference.Type) && reference.Parent switch
    {
        IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "AddRange" or "Enqueue" or "Push" or "AddFirst" or "AddLast" } call => call.Instance == reference,
        IPropertyReferenceOperation { Property.IsIndexer: true, Parent: IAssignmentOperation or IIncrementOrDecrementOperation } element => element.Instance == reference && !(element.Parent is IAssignmentOperation assignment && assignment.Target != element),
        _ => false,
    };

    static bool IsMadeHere(ISymbol member, CancellationToken cancellation) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is
        VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax } or PropertyDeclarationSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax };

    static bool IsRepeated(IOperation operation, IOperation body)
    {
        for (var current = operation.Parent; current is not null && current != body; current = current.Parent)
        {
            if (current is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ILockOperation) return true;
        }

        return false;
    }

    // One that is set anew, or changed in several places, belongs to one call.
    static int ChangesOf(ISymbol member, CancellationToken cancellation)
    {
        var changes = 0;
        foreach (var name in NamesOf(member, cancellation))
        {
            SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : name;
            changes += whole.Parent switch
            {
                AssignmentExpressionSyntax assignment when assignment.Left == whole => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? 2 : 1,
                PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => 1,
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => 1,
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: "Add" or "TryAdd" or "AddRange" or "Enqueue" or "Push" or "AddFirst" or "AddLast" or "Insert" or "Clear" } => 1,
                ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax } => 1,
                _ => 0,
            };
        }

        return changes;
    }

    static IEnumerable<IdentifierNameSyntax> NamesOf(ISymbol member, CancellationToken cancellation) => member.ContainingType.DeclaringSyntaxReferences
        .SelectMany(declaration => declaration.GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>()).Where(name => name.Identifier.ValueText == member.Name);
}
