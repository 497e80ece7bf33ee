using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.StepFields;

/// <summary>A step takes its name from the static readonly field or property it is assigned to.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StepFieldAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor NotAField = Rule.Warning("ORK002", "A step is not a static readonly field or property", "{0}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotAField];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.ObjectCreation, OperationKind.Invocation);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepCreation.Of(context.Operation, types) is not { IsNamed: false } step) return;

        // Called at once, it needs no name.
        if (step.Operation.Parent is Microsoft.CodeAnalysis.Operations.IInvocationOperation { TargetMethod.Name: "InvokeAsync" }) return;
        if (Sentence(step.Operation.Syntax, step.Name ?? "", context.ContainingSymbol, types) is { } sentence)
            context.ReportDiagnostic(Diagnostic.Create(NotAField, step.Operation.Syntax.GetLocation(), sentence));
    }

    static string? Sentence(SyntaxNode creation, string name, ISymbol member, OrkestraTypes types)
    {
        const string name1 = "or give it a name with { Name = \"…\" }.";
        switch (PlaceOf(creation))
        {
            case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } declarator:
                if (HasSeveral(declarator.Initializer!.Value)) return $"Several steps in '{name}' have the one name '{name}': make each a static readonly field, {name1}";
                if (member is not IFieldSymbol field) return null;
                if (!field.IsStatic) return $"The step '{name}' is made again with every {member.ContainingType.Name}: make its field static readonly.";
                return field.IsReadOnly || !types.IsStep(field.Type) ? null : $"The step '{name}' can be replaced after the workflow is composed: make its field readonly.";
            case PropertyDeclarationSyntax { ExpressionBody: { } body } when body.Span.Contains(creation.Span):
                return $"The property '{name}' makes a new step each time it is read: write '{{ get; }} =' instead of '=>', or make it a static readonly field.";
            case PropertyDeclarationSyntax { Initializer: { } initializer }:
                if (HasSeveral(initializer.Value)) return $"Several steps in '{name}' have the one name '{name}': make each a static readonly field, {name1}";
                return member.IsStatic ? null : $"The step '{name}' is made again with every {member.ContainingType.Name}: make its property static.";
            case PropertyDeclarationSyntax:
                return $"The property '{name}' makes a new step each time it is read: make it a static readonly field.";
            default:
                var shown = name switch
                {
                    "" or ".ctor" or ".cctor" => "has no name",
                    "<Main>$" or "Main" => "has no name of its own",
                    _ => $"is called '{name}' like the method around it",
                };
                return $"This step {shown}: make it a static readonly field, whose name it takes, {name1}";
        }
    }

    /// <summary>The field or property whose initializer holds the step, or what else is around it.</summary>
    public static SyntaxNode? PlaceOf(SyntaxNode creation)
    {
        for (var node = creation.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or GlobalStatementSyntax:
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax }:
                case PropertyDeclarationSyntax:
                    return node;
            }
        }

        return null;
    }

    static bool HasSeveral(ExpressionSyntax initializer) =>
        initializer is not BaseObjectCreationExpressionSyntax
        && initializer.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
            .Count(static creation => creation.ArgumentList?.Arguments.Count == 1 && creation.Initializer is null && creation.ArgumentList.Arguments[0].Expression is AnonymousFunctionExpressionSyntax) > 1;
}
