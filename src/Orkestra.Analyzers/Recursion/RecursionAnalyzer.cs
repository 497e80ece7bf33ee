using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
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
        "'{0}' composes itself, which never ends{1}: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Recursive];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterSymbolAction(symbol => Analyze(symbol, types), SymbolKind.NamedType);

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

        if (mentions.Count == 0) return;
        List<(ISymbol User, ISymbol Used, Location Where)> uses = [];
        foreach (var (user, name) in mentions)
        {
            if (UseOf(name, context) is not { } operation) continue;
            var used = operation is IInvocationOperation call ? (ISymbol)call.TargetMethod.OriginalDefinition : ((IPropertyReferenceOperation)operation).Property.OriginalDefinition;
            if (!GivesFlow(used, types) || !SymbolEqualityComparer.Default.Equals(used.ContainingType, type) || IsConditional(operation)) continue;
            uses.Add((user, used, operation.Syntax.GetLocation()));
        }

        foreach (var (user, used, where) in uses)
        {
            if (PathTo(user, used, uses) is not { } path) continue;
            var through = path.Count > 1 ? $" (through {string.Join(" and ", path.Take(path.Count - 1).Select(static member => $"'{member.Name}'"))})" : "";
            context.ReportDiagnostic(Diagnostic.Create(Recursive, where, user.Name, through));
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

    // Methods with parameters may end their recursion with them.
    static bool GivesFlow(ISymbol member, OrkestraTypes types) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Ordinary, Parameters.Length: 0 } method => types.IsFlow(method.ReturnType),
        IPropertySymbol { IsIndexer: false } property => types.IsFlow(property.Type),
        _ => false,
    };

    static bool IsConditional(IOperation operation)
    {
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is IConditionalOperation or ICoalesceOperation or ISwitchExpressionOperation or ISwitchOperation or IAnonymousFunctionOperation or ILoopOperation or ITryOperation) return true;
        }

        return false;
    }

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
