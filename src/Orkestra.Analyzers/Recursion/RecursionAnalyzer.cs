using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Recursion;

/// <summary>A definition that needs itself has no end: the process dies of its stack.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RecursionAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Recursive = Rule.Warning(
        "ORK020",
        "A definition contains itself",
        "{0}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Recursive];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        context.RegisterSymbolAction(symbol => Analyze(symbol, types), SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(node => AnalyzeFunction(node, types), SyntaxKind.LocalFunctionStatement);
        context.RegisterSyntaxNodeAction(node => EndlessStarts.Analyze(node, types), SyntaxKind.InvocationExpression);
    }

    static void AnalyzeFunction(SyntaxNodeAnalysisContext context, OrkestraTypes types)
    {
        var function = (LocalFunctionStatementSyntax)context.Node;
        var name = function.Identifier.ValueText;
        foreach (var call in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not SimpleNameSyntax { Identifier.ValueText: var called } || called != name) continue;
            if (context.SemanticModel.GetOperation(call, context.CancellationToken) is not IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } method } operation) continue;
            if (!types.IsFlow(method.ReturnType) || IsConditional(operation, function)) continue;
            if (!SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, context.SemanticModel.GetDeclaredSymbol(function, context.CancellationToken))) continue;
            context.ReportDiagnostic(Diagnostic.Create(Recursive, call.GetLocation(), Sentence(name, "")));
            return;
        }
    }

    static string Sentence(string name, string through) => $"'{name}' composes itself, which never ends{through}: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step";

    // The code is asked about only where the names of members make a circle already, which is next to nowhere.
    static void Analyze(SymbolAnalysisContext context, OrkestraTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) return;
        var members = type.GetMembers().Where(member => !member.IsImplicitlyDeclared && GivesFlow(member, types)).ToList();
        if (members.Count == 0) return;
        var names = new HashSet<string>(members.Select(static member => member.Name), StringComparer.Ordinal);
        List<(ISymbol User, SimpleNameSyntax Name)> mentions = [];
        foreach (var member in members)
        {
            foreach (var reference in member.DeclaringSyntaxReferences)
            {
                foreach (var node in reference.GetSyntax(context.CancellationToken).DescendantNodes())
                {
                    if (node is SimpleNameSyntax name && names.Contains(name.Identifier.ValueText)) mentions.Add((member, name));
                }
            }
        }

        List<(ISymbol User, ISymbol Used, Location Where)> uses = [];
        foreach (var (user, name) in mentions)
        {
            if (!LeadsTo(user.Name, name.Identifier.ValueText, mentions) || UseOf(name, context) is not { } operation) continue;
            var used = operation is IInvocationOperation call ? (ISymbol)call.TargetMethod.OriginalDefinition : ((IPropertyReferenceOperation)operation).Property.OriginalDefinition;
            if (!GivesFlow(used, types) || !SymbolEqualityComparer.Default.Equals(used.ContainingType, type) || IsOfAnother(operation, used) || IsConditional(operation, DeclarationOf(name))) continue;
            uses.Add((user, used, operation.Syntax.GetLocation()));
        }

        foreach (var (user, used, where) in uses)
        {
            if (PathTo(user, used, uses) is not { } path) continue;
            var through = path.Count > 1 ? $" (through {string.Join(" and ", path.Take(path.Count - 1).Select(static member => $"'{member.Name}'"))})" : "";
            context.ReportDiagnostic(Diagnostic.Create(Recursive, where, Sentence(user.Name, through)));
        }
    }

    // The call or the reference that a name is a part of.
    static IOperation? UseOf(SimpleNameSyntax name, SymbolAnalysisContext context)
    {
        ExpressionSyntax expression = name;
        if (expression.Parent is MemberAccessExpressionSyntax access && access.Name == name) expression = access;
        if (expression.Parent is InvocationExpressionSyntax invocation && invocation.Expression == expression) expression = invocation;
#pragma warning disable RS1030 // Members are in several files; a model is made only for those that mention one another.
        var operation = context.Compilation.GetSemanticModel(name.SyntaxTree).GetOperation(expression, context.CancellationToken);
#pragma warning restore RS1030
        return operation is IInvocationOperation or IPropertyReferenceOperation ? operation : null;
    }

    static bool LeadsTo(string target, string from, List<(ISymbol User, SimpleNameSyntax Name)> mentions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var pending = new Queue<string>([from]);
        while (pending.Count > 0)
        {
            var current = pending.Dequeue();
            if (current == target) return true;
            foreach (var (user, name) in mentions)
            {
                if (user.Name == current && seen.Add(name.Identifier.ValueText)) pending.Enqueue(name.Identifier.ValueText);
            }
        }

        return false;
    }

    // An object of another class may end a chain of them.
    static bool IsOfAnother(IOperation operation, ISymbol used)
    {
        var instance = operation is IInvocationOperation call ? call.Instance : ((IPropertyReferenceOperation)operation).Instance;
        return (used.IsVirtual || used.IsOverride || used.IsAbstract) && instance is not (null or IInstanceReferenceOperation or IObjectCreationOperation);
    }

    static SyntaxNode? DeclarationOf(SyntaxNode name) => name.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax);

    static bool GivesFlow(ISymbol member, OrkestraTypes types) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => types.IsFlow(method.ReturnType),
        IPropertySymbol { IsIndexer: false } property => types.IsFlow(property.Type),
        _ => false,
    };

    // What may return before, or is looked at only in some cases, ends the recursion.
    static bool IsConditional(IOperation operation, SyntaxNode? declaration)
    {
        if (declaration is null || MayReturnBefore(operation.Syntax, declaration)) return true;
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around.Syntax == declaration) return false;
            if (around is ILocalFunctionOperation or IConditionalAccessOperation or IConditionalOperation or ICoalesceOperation or ISwitchExpressionOperation or ISwitchOperation or IAnonymousFunctionOperation or ILoopOperation or ITryOperation) return true;
        }

        return false;
    }

    static bool MayReturnBefore(SyntaxNode use, SyntaxNode declaration) => declaration.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
        .Any(node => node.SpanStart < use.SpanStart && node is ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or YieldStatementSyntax && !node.Span.Contains(use.Span));

    static List<ISymbol>? PathTo(ISymbol target, ISymbol from, List<(ISymbol User, ISymbol Used, Location Where)> uses)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { from };
        var paths = new Queue<List<ISymbol>>([[from]]);
        while (paths.Count > 0)
        {
            var path = paths.Dequeue();
            var last = path[path.Count - 1];
            if (SymbolEqualityComparer.Default.Equals(last, target)) return path;
            foreach (var (user, used, _) in uses)
            {
                if (SymbolEqualityComparer.Default.Equals(user, last) && seen.Add(used)) paths.Enqueue([.. path, used]);
            }
        }

        return null;
    }
}
