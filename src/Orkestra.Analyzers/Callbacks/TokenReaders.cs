using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers.Callbacks;

/// <summary>Only the task of a step that waits for a callback has a token. Gathers the steps that read one and those that wait, and compares them at the end.</summary>
internal sealed class TokenReaders
{
    public static readonly DiagnosticDescriptor Missing = Rule.AtEnd(
        "ORK029",
        "A step has no token to hand out",
        "The step '{0}' reads TaskToken of its context, which is null, because nothing waits for its callback: compose it as '{0}.WaitForCallback<…>(…)', or remove the token");

    readonly ConcurrentDictionary<ISymbol, Location> readers = new(SymbolEqualityComparer.Default);
    readonly ConcurrentDictionary<ISymbol, bool> waiting = new(SymbolEqualityComparer.Default);

    /// <summary>Remembers a step that reads its token, unless other projects can compose the step.</summary>
    public void Collect(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (!types.IsStep(context.Operation.Type) || context.ContainingSymbol is not (IFieldSymbol or IPropertySymbol)) return;
        if (context.Operation.Syntax is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation
            || arguments[0].Expression is not ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 2 } parameters } lambda
            || creation.Parent is not EqualsValueClauseSyntax) return;
        var given = parameters[1].Identifier.ValueText;
        MemberAccessExpressionSyntax? first = null;
        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            if (node is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TaskToken", Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } read || name != given) continue;
            if (IsAsked(read)) return;
            first ??= read;
        }

        // What others can compose may wait for its callback there.
        var isProgram = context.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        if (first is not null && (isProgram || !IsVisible(context.ContainingSymbol))) readers.TryAdd(context.ContainingSymbol, first.GetLocation());
    }

    /// <summary>Remembers a step that waits for its callback. A receiver that is no field or property, such as a parameter, may be any step.</summary>
    public void Waits(ISymbol? step, Compilation compilation) => waiting.TryAdd(step is IFieldSymbol or IPropertySymbol ? step : compilation.Assembly, true);

    public void Report(CompilationAnalysisContext context)
    {
        if (waiting.ContainsKey(context.Compilation.Assembly)) return;
        foreach (var reader in readers)
        {
            if (!waiting.ContainsKey(reader.Key)) context.ReportDiagnostic(Diagnostic.Create(Missing, reader.Value, reader.Key.Name));
        }
    }

    // Whoever asks whether there is a token runs with and without one.
    static bool IsAsked(ExpressionSyntax token) => token.Parent is IsPatternExpressionSyntax or ConditionalAccessExpressionSyntax
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.CoalesceExpression }
        || token.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } } };

    static bool IsVisible(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)) return false;
        }

        return true;
    }
}
