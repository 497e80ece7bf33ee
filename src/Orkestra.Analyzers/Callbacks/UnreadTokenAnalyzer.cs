using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Callbacks;

/// <summary>A callback is answered with the token of its task, which the step has to hand out.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnreadTokenAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Unread = Rule.Warning(
        "ORK025",
        "A callback's token is not handed out",
        "The step '{0}' never reads TaskToken of its context, so the task can't be completed and the state waits {1}: send the token, as in 'new((order, context) => Send(order, context.TaskToken!))', or remove '.WaitForCallback'");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Unread, TokenReaders.Missing];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        var readers = new TokenReaders();
        context.RegisterOperationAction(operation => readers.Collect(operation, types), OperationKind.ObjectCreation);
        context.RegisterSyntaxNodeAction(node => Analyze(node, readers, types), SyntaxKind.InvocationExpression);
        context.RegisterCompilationEndAction(readers.Report);
    }

    static void Analyze(SyntaxNodeAnalysisContext context, TokenReaders readers, OrkestraTypes types)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitForCallback" } access) return;
        var symbol = context.SemanticModel.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol;
        readers.Waits(symbol, context.Compilation);
        var type = symbol switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, _ => null };
        if (!types.IsStep(type) || symbol!.DeclaringSyntaxReferences is not { Length: 1 } declarations) return;
        var made = declarations[0].GetSyntax(context.CancellationToken) switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            _ => null,
        };
        if (made is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } || arguments[0].Expression is not ParenthesizedLambdaExpressionSyntax lambda || ContextOf(lambda) is not { } given || MayRead(lambda, given)) return;
        var until = call.ArgumentList.Arguments.Count > 0 ? "until its timeout" : "for up to a year";
        context.ReportDiagnostic(Diagnostic.Create(Unread, access.Name.GetLocation(), symbol.Name, until));
    }

    static string? ContextOf(ParenthesizedLambdaExpressionSyntax lambda) => lambda.ParameterList.Parameters is { Count: 2 } parameters ? parameters[1].Identifier.ValueText : null;

    // Whoever is given the whole context may read the token.
    static bool MayRead(LambdaExpressionSyntax lambda, string context)
    {
        foreach (var name in lambda.Body.DescendantNodesAndSelf())
        {
            if (name is IdentifierNameSyntax { Identifier.ValueText: var text } && text == context
                && name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: not "TaskToken" })
                return true;
        }

        return false;
    }
}
