using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
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
        context.RegisterSymbolStartAction(type => StartType(type, types), SymbolKind.NamedType);

    static void StartType(SymbolStartAnalysisContext context, OrkestraTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !type.GetMembers().Any(member => GivesFlow(member, types))) return;
        var uses = new ConcurrentBag<(ISymbol User, ISymbol Used, Location Where)>();
        context.RegisterOperationAction(
            operation =>
            {
                var used = operation.Operation switch
                {
                    IInvocationOperation call => (ISymbol)call.TargetMethod.OriginalDefinition,
                    IPropertyReferenceOperation property => property.Property.OriginalDefinition,
                    _ => null,
                };
                var user = operation.ContainingSymbol is IMethodSymbol { AssociatedSymbol: { } property1 } ? property1 : operation.ContainingSymbol;
                if (used is null || !GivesFlow(used, types) || !GivesFlow(user, types) || !SymbolEqualityComparer.Default.Equals(used.ContainingType, type) || IsConditional(operation.Operation)) return;
                uses.Add((user, used, operation.Operation.Syntax.GetLocation()));
            },
            OperationKind.Invocation,
            OperationKind.PropertyReference);
        context.RegisterSymbolEndAction(end =>
        {
            foreach (var (user, used, where) in uses)
            {
                if (PathTo(user, used, uses) is not { } path) continue;
                var through = path.Count > 1 ? $" (through {string.Join(" and ", path.Take(path.Count - 1).Select(static member => $"'{member.Name}'"))})" : "";
                end.ReportDiagnostic(Diagnostic.Create(Recursive, where, user.Name, through));
            }
        });
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

    static List<ISymbol>? PathTo(ISymbol target, ISymbol from, IEnumerable<(ISymbol User, ISymbol Used, Location Where)> uses)
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
