using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.DuplicateNames;

/// <summary>Two steps of one workflow have one name, which is the identity of one function.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DuplicateStepNameAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Duplicate = Rule.Warning(
        "ORK001",
        "Two steps of one workflow have the same name",
        "The steps '{0}' and '{1}' both have the name '{2}' and so the same function: give one of them another name with {{ Name = \"…\" }}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Duplicate];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationBlockAction(block => Analyze(block, types));

    static void Analyze(OperationBlockAnalysisContext context, OrkestraTypes types)
    {
        if (context.OwningSymbol is not IMethodSymbol { Name: "Define", Parameters.Length: 0 } method || !types.IsWorkflow(method.ContainingType)) return;
        var found = new Dictionary<string, (string Function, string Code, ISymbol? Symbol)>(StringComparer.Ordinal);
        foreach (var block in context.OperationBlocks)
        {
            foreach (var operation in block.Descendants())
            {
                if (StepOf(operation, types) is not { } step) continue;
                var key = step.Name.Replace(" ", "").Replace("-", "");
                if (!found.TryGetValue(key, out var other)) found.Add(key, (step.Function, CodeNames.Of((ExpressionSyntax)operation.Syntax), step.Symbol));
                else if ((step.Symbol is null || !SymbolEqualityComparer.Default.Equals(step.Symbol, other.Symbol)) && (step.Function.Length == 0 || step.Function != other.Function))
                    context.ReportDiagnostic(Diagnostic.Create(Duplicate, operation.Syntax.GetLocation(), other.Code, CodeNames.Of((ExpressionSyntax)operation.Syntax), step.Name));
            }
        }
    }

    static (string Name, string Function, ISymbol? Symbol)? StepOf(IOperation operation, OrkestraTypes types)
    {
        if (operation is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference && types.IsStep(reference.Type) && reference.Syntax is ExpressionSyntax)
        {
            var member = reference.Member.OriginalDefinition;
            return NameOf(member) is var (name, function) ? (name, function, member) : null;
        }

        return operation.Syntax is ExpressionSyntax && StepCreation.Of(operation, types) is { Name: { } own } creation
            ? (own, FunctionOf(creation.Operation.Syntax), null)
            : null;
    }

    // The name as it is written where the member is declared; null when it is not a literal.
    static (string Name, string Function)? NameOf(ISymbol member)
    {
        if (member.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference) return (member.Name, "");
        var initializer = reference.GetSyntax() switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            _ => null,
        };
        if (initializer is null) return null;
        var given = initializer switch
        {
            BaseObjectCreationExpressionSyntax { Initializer.Expressions: var expressions } when expressions.OfType<AssignmentExpressionSyntax>()
                .FirstOrDefault(static assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "Name" }) is { } assignment => assignment.Right,
            BaseObjectCreationExpressionSyntax creation => NameArgument(creation.ArgumentList, 1),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Handled" } } call => NameArgument(call.ArgumentList, 0),
            _ => initializer,
        };
        return given switch
        {
            null => (member.Name, FunctionOf(initializer)),
            LiteralExpressionSyntax { Token.Value: string text } => (text, FunctionOf(initializer)),
            _ => null,
        };
    }

    static ExpressionSyntax? NameArgument(ArgumentListSyntax? arguments, int position)
    {
        if (arguments is null) return null;
        foreach (var argument in arguments.Arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == "name") return argument.Expression;
        }

        return arguments.Arguments.Count > position && arguments.Arguments[position].NameColon is null ? arguments.Arguments[position].Expression : null;
    }

    // Two steps over one method are one function.
    static string FunctionOf(SyntaxNode creation) =>
        (creation as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is { } first and (IdentifierNameSyntax or MemberAccessExpressionSyntax) ? first.ToString() : "";
}
