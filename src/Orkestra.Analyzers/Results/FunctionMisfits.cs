using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Orkestra.Analyzers.Edges;

namespace Orkestra.Analyzers.Results;

/// <summary>Says why a method or a lambda can't be the function of a step.</summary>
internal static class FunctionMisfits
{
    public static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (context.Operation is not { Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation, SemanticModel: { } model }) return;
        var info = model.GetTypeInfo(creation, context.CancellationToken);
        if ((types.IsStep(info.Type) ? info.Type : info.ConvertedType) is not INamedTypeSymbol { TypeArguments: { Length: 2 } ends } made || !types.IsStep(made)) return;
        var function = arguments[0].Expression;
        var sentence = function switch
        {
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: not (1 or 2) and var count } lambda => OfLambda(lambda, count, ends[0]),
            IdentifierNameSyntax or MemberAccessExpressionSyntax or GenericNameSyntax when model.GetMemberGroup(function, context.CancellationToken) is { Length: 1 } group && group[0] is IMethodSymbol method =>
                OfMethod(method, ends[0], ends[1], context.Compilation),
            _ => null,
        };
        if (sentence is not null) context.ReportDiagnostic(Diagnostic.Create(MissingResultAnalyzer.Missing, function.GetLocation(), sentence));
    }

    static string OfLambda(ParenthesizedLambdaExpressionSyntax lambda, int count, ITypeSymbol input) => count == 0
        ? $"The function of a step is given its input, {CodeNames.Of(input)}: write '_ => {CodeNames.OneLine(lambda.Body)}'"
        : "The function of a step is given its input and, if it takes one, a StepContext, which has the CancellationToken: write '(input, context) => …'";

    static string? OfMethod(IMethodSymbol method, ITypeSymbol input, ITypeSymbol output, Compilation compilation)
    {
        var (name, parameters) = ($"'{method.Name}'", method.Parameters);
        if (parameters.FirstOrDefault(static one => one.RefKind is not (RefKind.None or RefKind.In)) is { } reference)
            return $"{name} takes '{reference.Name}' by reference, but what a step takes and gives travels as JSON: let it return all that is passed on, such as a record";
        if (parameters.Length == 0) return $"{name} takes nothing, but the function of a step is given its input, {CodeNames.Of(input)}: write '_ => {method.Name}()', or let it take {CodeNames.Of(input)}";
        if (parameters[0].Type.Name == "StepContext") return $"{name} takes the StepContext first, but the function of a step is given its input first: let it take ({CodeNames.Of(input)}, StepContext)";
        if (parameters.FirstOrDefault(static one => one.Type.Name == "CancellationToken") is { } token)
            return $"{name} takes the CancellationToken '{token.Name}', which the function of a step finds in its context: let it take ({CodeNames.Of(input)}, StepContext context) and use context.CancellationToken, or write '(input, context) => {method.Name}({Arguments(parameters)})'";
        if (parameters[0].IsParams || parameters.Skip(1).Any(static one => one.IsOptional))
            return $"{name} has {(parameters[0].IsParams ? "'params'" : "optional parameters")}, which only a call can leave out: write 'input => {method.Name}(input)'";
        if (parameters.Length > 1 && (parameters.Length > 2 || parameters[1].Type.Name != "StepContext"))
            return $"{name} takes {parameters.Length} values, but the function of a step is given one, {CodeNames.Of(input)}: pass a record that holds them, or call it in a lambda, 'input => {method.Name}(…)'";
        if (!method.IsGenericMethod && !Fixes.Converts(input, parameters[0].Type, compilation))
            return $"{name} takes {CodeNames.Of(parameters[0].Type)}, but the step takes {CodeNames.Of(input)}: declare it as Step<{CodeNames.Of(parameters[0].Type)}, …>, or call it in a lambda, 'input => {method.Name}(…)'";
        return method.ReturnType switch
        {
            INamedTypeSymbol { Name: "ValueTask" } valueTask =>
                $"{name} gives a ValueTask, but the function of a step gives a Task: let it return Task{(valueTask.TypeArguments.Length == 1 ? $"<{CodeNames.Of(valueTask.TypeArguments[0])}>" : "")}, or write 'input => {method.Name}(input).AsTask()'",
            INamedTypeSymbol { Name: "Task", TypeArguments: { Length: 1 } result } when !Fixes.Converts(result[0], output, compilation) => Result(name, result[0], output),
            var given when !OrkestraTypes.IsTask(given) && !Fixes.Converts(given, output, compilation) => Result(name, given, output),
            _ => null,
        };
    }

    public static string Result(string name, ITypeSymbol given, ITypeSymbol output) =>
        $"{name} gives {CodeNames.Of(given)}, but the step gives {CodeNames.Of(output)}: declare it as Step<…, {CodeNames.Of(given)}>, or let it return {CodeNames.Of(output)}";

    static string Arguments(IEnumerable<IParameterSymbol> parameters) =>
        string.Join(", ", parameters.Select(static (one, index) => index == 0 ? "input" : one.Type.Name == "CancellationToken" ? "context.CancellationToken" : one.Type.Name == "StepContext" ? "context" : "…"));
}
