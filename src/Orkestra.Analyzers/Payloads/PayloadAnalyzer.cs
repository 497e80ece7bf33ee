using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Looks at the types that travel between steps: what one step writes, the next must be able to read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PayloadAnalyzer : OrkestraAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [PayloadRules.Lost, PayloadRules.Unreadable, PayloadRules.Task, PayloadRules.Enum, PayloadRules.DateTime, PayloadRules.TooLarge];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        var usage = new Lazy<PayloadUsage>(() => new(context.Compilation, types));
        context.RegisterSymbolAction(symbol => AnalyzeType(symbol, usage, types), SymbolKind.NamedType);
    }

    // What is about a declaration is reported with the type it belongs to, what is about a use with the type that holds the step.
    static void AnalyzeType(SymbolAnalysisContext context, Lazy<PayloadUsage> usage, OrkestraTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var problem in usage.Value.Of(type))
        {
            if (problem.Member!.Locations.FirstOrDefault(static location => location.IsInSource) is { } location)
                context.ReportDiagnostic(Diagnostic.Create(problem.Rule, location, problem.Text));
        }

        foreach (var use in PayloadUse.Of(type, types))
        {
            for (var i = 0; i < 2; i++)
            {
                foreach (var problem in usage.Value.Problems(use.Ends[i], use.IsRead(i)))
                {
                    if (problem.Member is not null) continue;
                    context.ReportDiagnostic(Diagnostic.Create(
                        problem.Rule, LocationOf(use, i, context.CancellationToken), problem.Text.Replace("The payload", $"What {use.Name} {(i == 0 ? "takes" : "gives")}")));
                }
            }
        }
    }

    static Location LocationOf(PayloadUse use, int end, CancellationToken cancellation)
    {
        var written = use.Symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variable } => variable.Type,
            PropertyDeclarationSyntax property => property.Type,
            TypeDeclarationSyntax declaration => declaration.BaseList?.Types.FirstOrDefault()?.Type,
            _ => null,
        };
        var arguments = (written as GenericNameSyntax ?? (written as QualifiedNameSyntax)?.Right as GenericNameSyntax)?.TypeArgumentList.Arguments;
        return arguments?.Count == 2 ? arguments.Value[end].GetLocation() : use.Symbol.Locations[0];
    }
}
