using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Expressions;

/// <summary>Says in the editor what the lowering would say when the workflow is compiled: which part of an expression has no JSONata. Also what the lowering cannot see: texts of null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ExpressionAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor NoJsonata = Rule.Warning(
        "ORK009", "An expression cannot become JSONata", "The expression '{0}' cannot become JSONata: {1}. {2}");

    public static readonly DiagnosticDescriptor NullText = Rule.Warning(
        "ORK038", "A text has a part that can be null", "'{0}' {1}. Write '{2}'.");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NoJsonata, NullText];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        if (types.Expression is not null) context.RegisterOperationAction(operation => Analyze(operation, types), OperationKind.Invocation);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.ContainingNamespace is not { Name: "Authoring", ContainingNamespace.Name: "Orkestra" }) return;
        foreach (var argument in call.Arguments)
        {
            // The `next` of a query is a flow, whose inputs are taken out of it.
            if (!OrkestraTypes.IsOf(argument.Parameter?.Type, types.Expression) || argument.Parameter!.Name == "next") continue;
            if (LambdaOf(argument.Value) is not { } lambda) continue;
            foreach (var (part, why, fix) in new ExpressionReader(lambda).Refusals())
            {
                if (part.Syntax is ExpressionSyntax syntax) context.ReportDiagnostic(Diagnostic.Create(NoJsonata, syntax.GetLocation(), CodeNames.Of(syntax), why, fix));
            }

            foreach (var (part, what, fix) in new NullTexts(lambda).All()) context.ReportDiagnostic(Diagnostic.Create(NullText, part.Syntax.GetLocation(), NullTexts.TextOf(part), what, fix));
        }
    }

    static IAnonymousFunctionOperation? LambdaOf(IOperation value)
    {
        while (value is IConversionOperation or IDelegateCreationOperation) value = value is IConversionOperation conversion ? conversion.Operand : ((IDelegateCreationOperation)value).Target;
        return value as IAnonymousFunctionOperation;
    }
}
