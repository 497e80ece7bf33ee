using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Orkestra.Analyzers.Payloads;

namespace Orkestra.Analyzers.Tasks;

/// <summary>Tasks that are made part of a text, which then holds the name of their type.</summary>
internal static class TaskTexts
{
    public static void Analyze(OperationAnalysisContext context, IOperation operation)
    {
        foreach (var part in TextParts.Of(operation))
        {
            var value = StepCreation.Unconverted(part);
            if (value.Syntax is not ExpressionSyntax syntax) continue;
            if (OrkestraTypes.IsTask(value.Type)) Report($"'{CodeNames.Of(syntax)}' is a task that was not awaited, and its text is the name of its type: write 'await {CodeNames.Of(syntax)}'.");
            else if (operation is IInvocationOperation && CollectedTasks.ElementOf(value.Type) is { } element)
                Report($"'{CodeNames.Of(syntax)}' gives tasks that were not awaited, whose text is the name of their type: {(element.Name == "Task" ? $"write 'await Task.WhenAll({CodeNames.Of(syntax)})'" : "await each of them in a 'foreach'")}.");

            void Report(string message) => context.ReportDiagnostic(Diagnostic.Create(PayloadRules.Task, syntax.GetLocation(), message));
        }
    }
}
