using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.LostChanges;

/// <summary>The input of a step is read from JSON for this step alone: a change of it that is not in what the step gives is lost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LostChangeAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Lost = Rule.Warning(
        "ORK037",
        "A change of a step's input is lost",
        "The step '{0}' changes '{1}', which no other step sees, because each step reads its input from JSON: return '{2}', and let the step give {3}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Lost];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), StepBody.Kinds);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepBody.Of(context, types) is not { Input: { } input, Body: var body } step) return;
        IOperation? changed = null;
        var lastChange = 0;
        var lastRead = -1;
        foreach (var operation in body.Descendants())
        {
            if (operation is not IParameterReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Parameter, input)) continue;
            // It goes somewhere as a whole: to what the step gives, or to a method that may use the change.
            if (reference.Parent is not (IPropertyReferenceOperation { Property.IsIndexer: false } or IFieldReferenceOperation)) return;
            if (ChangeBy(reference) is { } change)
            {
                changed ??= change;
                lastChange = Math.Max(lastChange, StepCreation.StatementOf(change).Syntax.Span.End);
            }
            else
            {
                lastRead = Math.Max(lastRead, reference.Syntax.SpanStart);
            }
        }

        if (changed is null || lastRead > lastChange || IsInLoop(changed, body)) return;
        context.ReportDiagnostic(Diagnostic.Create(Lost, changed.Syntax.GetLocation(), step.Name, CodeNames.Of((ExpressionSyntax)changed.Syntax), input.Name, input.Type.ToMinimalDisplayString(context.Operation.SemanticModel!, changed.Syntax.SpanStart)));
    }

    // The member that changes: `order.Total` of `order.Total = 5`, `order.Lines` of `order.Lines.Add(3)`.
    static IOperation? ChangeBy(IOperation reference)
    {
        var member = reference;
        while (member.Parent is IPropertyReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation && IsInstanceOf(member.Parent, member)) member = member.Parent;
        return member.Parent switch
        {
            IAssignmentOperation assignment when assignment.Target == member && assignment.Parent is IExpressionStatementOperation => member,
            IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation } => member,
            IInvocationOperation { Parent: IExpressionStatementOperation } call when call.Instance == member && CollectionChanges.Include(call.TargetMethod) && OrkestraTypes.IsSequence(member.Type) => member,
            _ => null,
        };
    }

    static bool IsInstanceOf(IOperation access, IOperation instance) => access switch
    {
        IMemberReferenceOperation member => member.Instance == instance,
        IArrayElementReferenceOperation element => element.ArrayReference == instance,
        _ => false,
    };

    // The next round may read what this one has changed.
    static bool IsInLoop(IOperation operation, IOperation body)
    {
        for (var parent = operation.Parent; parent is not null && parent != body; parent = parent.Parent)
        {
            if (parent is ILoopOperation) return true;
        }

        return false;
    }
}
