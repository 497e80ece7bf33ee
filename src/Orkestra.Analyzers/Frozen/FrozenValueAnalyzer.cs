using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Frozen;

/// <summary>What a definition computes is written into the document once, and not again in every run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FrozenValueAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Frozen = Rule.Warning(
        "ORK024",
        "A value is fixed when the workflow is compiled",
        "'{0}' is evaluated once, when the workflow is compiled, so every run of a deployed workflow gets the same value: {1}");

    const string ReadTime = "read the time where the run does, in a step ('context.TimeProvider.GetUtcNow()') or in an expression, as in '.Select(input => DateTimeOffset.UtcNow)', or take it from the input";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Frozen, ChangingVariables.Changes];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterOperationAction(operation => AnalyzeValue(operation, types), OperationKind.Invocation, OperationKind.PropertyReference);
        context.RegisterOperationAction(operation => AnalyzeField(operation, types), OperationKind.FieldReference);
        context.RegisterOperationAction(operation => AnalyzeVariables(operation, types), OperationKind.AnonymousFunction);
    }

    static void AnalyzeVariables(OperationAnalysisContext context, OrkestraTypes types)
    {
        var lambda = (IAnonymousFunctionOperation)context.Operation;
        if (!IsComposition(context.ContainingSymbol, types) || LambdaAround(lambda) is not null || !IsExpression(lambda, types)) return;
        foreach (var operation in lambda.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local.IsConst: false } reference) ChangingVariables.Analyze(context, reference, lambda);
        }
    }

    static void AnalyzeValue(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (context.Operation is IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { IsIndexer: false, DeclaringSyntaxReferences.Length: > 0 } own } reference)
        {
            AnalyzeMember(context, reference, own, own.Type, types);
            return;
        }

        if (context.Operation is IInvocationOperation { TargetMethod: { IsStatic: true, ReturnsVoid: false, MethodKind: MethodKind.Ordinary, DeclaringSyntaxReferences.Length: 1 } helper } call && SymbolEqualityComparer.Default.Equals(helper.ContainingType, context.ContainingSymbol.ContainingType))
        {
            // What takes the input of an expression is not computed here.
            if (helper.Parameters.IsEmpty || LambdaAround(call) is null) AnalyzeMember(context, call, helper, helper.ReturnType, types);
            return;
        }

        if (FixOf(context.Operation) is { } && StepCreation.IsDeployed(context, types) && IsNameOfStep(context.Operation, types))
        {
            Report(context, context.Operation.Syntax, "write a name that stays the same, because a deployed function finds its step by it");
            return;
        }

        if (FixOf(context.Operation) is not { } fix || !IsComposition(context.ContainingSymbol, types) || LambdaAround(context.Operation) is not null) return;
        Report(context, context.Operation.Syntax, fix);
    }

    static void AnalyzeField(OperationAnalysisContext context, OrkestraTypes types)
    {
        var reference = (IFieldReferenceOperation)context.Operation;
        AnalyzeMember(context, reference, reference.Field, reference.Field.Type, types);
    }

    static bool IsNameOfStep(IOperation operation, OrkestraTypes types)
    {
        for (var current = operation; current.Parent is { } parent and not IAnonymousFunctionOperation; current = parent)
        {
            if (parent is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Name" }, Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation made } } assignment && assignment.Value == current) return types.IsStep(made.Type);
            if (parent is IArgumentOperation { Parameter.Name: "name", Parent: IObjectCreationOperation created }) return types.IsStep(created.Type);
        }

        return false;
    }

    // A field, a property or a method that holds or computes such a value, where an expression or a flow takes it.
    static void AnalyzeMember(OperationAnalysisContext context, IOperation reference, ISymbol member, ITypeSymbol type, OrkestraTypes types)
    {
        // Of a flow it is said where the flow is made.
        if (member.DeclaringSyntaxReferences.IsEmpty || types.IsFlow(type) || !IsComposition(context.ContainingSymbol, types)) return;
        if (LambdaAround(reference) is { } lambda && !IsExpression(lambda, types)) return;
        if (reference.SemanticModel is not { } model) return;
        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree != model.SyntaxTree || ValueOf(declaration.GetSyntax(context.CancellationToken)) is not { } value) continue;
            if (model.GetOperation(value, context.CancellationToken) is not { } initial) continue;
            foreach (var part in initial.DescendantsAndSelf())
            {
                if (FixOf(part) is not { } fix || LambdaAround(part) is not null) continue;
                Report(context, reference.Syntax, fix);
                return;
            }
        }
    }

    static ExpressionSyntax? ValueOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax property => property.ExpressionBody?.Expression ?? property.Initializer?.Value,
        MethodDeclarationSyntax { ExpressionBody.Expression: var value } => value,
        MethodDeclarationSyntax { Body.Statements: { Count: 1 } statements } => (statements[0] as ReturnStatementSyntax)?.Expression,
        _ => null,
    };

    static void Report(OperationAnalysisContext context, SyntaxNode where, string fix) =>
        context.ReportDiagnostic(Diagnostic.Create(Frozen, where.GetLocation(), CodeNames.Of((ExpressionSyntax)where), fix));

    // Members that make a flow run when the workflow is compiled, and at no other time. What a step calls is no flow.
    static bool IsComposition(ISymbol symbol, OrkestraTypes types) => symbol switch
    {
        IMethodSymbol method => types.IsFlow(method.ReturnType),
        IPropertySymbol property => types.IsFlow(property.Type) && !types.IsStep(property.Type),
        IFieldSymbol field => types.IsFlow(field.Type) && !types.IsStep(field.Type),
        _ => false,
    };

    public static IAnonymousFunctionOperation? LambdaAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda) return lambda;
        }

        return null;
    }

    static bool IsExpression(IAnonymousFunctionOperation lambda, OrkestraTypes types)
    {
        for (IOperation? current = lambda; current is not null; current = current.Parent)
        {
            if (OrkestraTypes.IsOf(current.Type, types.Expression)) return true;
        }

        return false;
    }

    /// <summary>How to get a value of each run instead of one that an operation makes anew when it is evaluated; null when it makes none.</summary>
    public static string? FixOf(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property: { Name: "Now" or "UtcNow" or "Today", ContainingType: { Name: "DateTime" or "DateTimeOffset" } type } } when IsIn(type, "System") =>
            ReadTime,
        IPropertyReferenceOperation { Property: { Name: "TickCount" or "TickCount64", ContainingType: { Name: "Environment" } type } } when IsIn(type, "System") =>
            ReadTime,
        IInvocationOperation { TargetMethod: { Name: "GetTimestamp", ContainingType: { Name: "Stopwatch", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace.Name: "System" } } } } =>
            ReadTime,
        IInvocationOperation { TargetMethod: { Name: "GetUtcNow" or "GetLocalNow", ContainingType: { Name: "TimeProvider" } type } } when IsIn(type, "System") =>
            ReadTime,
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "CreateVersion7", ContainingType: { Name: "Guid" } type } } when IsIn(type, "System") =>
            "make the id where the run does, in a step or in an expression, as in '.Select(input => Guid.NewGuid())', or take it from the input",
        IInvocationOperation { TargetMethod: { Name: "Next" or "NextInt64" or "NextDouble" or "NextSingle", ContainingType: { Name: "Random" } type } } when IsIn(type, "System") =>
            "make the number in a step, or take it from the input",
        _ => null,
    };

    static bool IsIn(ITypeSymbol type, string name) => type.ContainingNamespace is { Name: var space, ContainingNamespace.IsGlobalNamespace: true } && space == name;
}
