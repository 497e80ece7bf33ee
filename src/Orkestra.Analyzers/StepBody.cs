using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers;

/// <summary>What a step does: the lambda or method that it is made with, or the <c>HandleAsync</c> of a handler.</summary>
internal sealed class StepBody
{
    StepBody(string name, IOperation body, IParameterSymbol? input, ITypeSymbol output, INamedTypeSymbol? owner, SyntaxNode source) =>
        (Name, Body, Input, Output, Owner, Source) = (name, body, input, output, owner, source);

    /// <summary>The operations to register for.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } = [OperationKind.ObjectCreation, OperationKind.MethodBody];

    /// <summary>The name of the step, or of the handler.</summary>
    public string Name { get; }

    /// <summary>The lambda, or the body of the method.</summary>
    public IOperation Body { get; }

    public IParameterSymbol? Input { get; }

    public ITypeSymbol Output { get; }

    /// <summary>The class around it.</summary>
    public INamedTypeSymbol? Owner { get; }

    /// <summary>The code that makes the step, or the method of the handler.</summary>
    public SyntaxNode Source { get; }

    /// <summary>What can await, as a message names it.</summary>
    public string Async => IsHandler ? "an async method" : "an async lambda";

    public bool IsHandler => Source is MethodDeclarationSyntax;

    public static StepBody? Of(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (context.Operation is IMethodBodyOperation body) return OfHandler(body, context.ContainingSymbol, types);
        if (StepCreation.Of(context.Operation, types) is not { } step || step.Body(context.CancellationToken) is not { } function) return null;
        return new(step.Name ?? "", function, InputOf(step, function), step.Type.TypeArguments[1], context.ContainingSymbol.ContainingType, context.Operation.Syntax);
    }

    /// <summary>Whether it runs deployed. A step that a test or a program makes inside a method runs there, and so do the handlers of tests.</summary>
    public bool IsDeployed(OperationAnalysisContext context, OrkestraTypes types) => IsHandler ? !types.IsOfTests : StepCreation.IsDeployed(context, types);

    static StepBody? OfHandler(IMethodBodyOperation body, ISymbol symbol, OrkestraTypes types)
    {
        if (body.Syntax is not MethodDeclarationSyntax { Identifier.ValueText: "HandleAsync", ParameterList.Parameters.Count: 2 } source) return null;
        if (symbol is not IMethodSymbol { IsStatic: false, Parameters: { Length: 2 } parameters, ContainingType: { TypeKind: TypeKind.Class or TypeKind.Struct } owner } method) return null;
        foreach (var handler in owner.AllInterfaces)
        {
            if (!OrkestraTypes.IsOf(handler, types.IStepHandler) || handler.GetMembers("HandleAsync") is not { Length: 1 } members) continue;
            if (SymbolEqualityComparer.Default.Equals(owner.FindImplementationForInterfaceMember(members[0]), method))
                return new(owner.Name, body, parameters[0], handler.TypeArguments[1], owner, source);
        }

        return null;
    }

    static IParameterSymbol? InputOf(StepCreation step, IOperation function) => (step.Function, function) switch
    {
        (IMethodReferenceOperation { Method.Parameters: { Length: > 0 } parameters }, _) => parameters[0],
        (_, IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } parameters }) => parameters[0],
        _ => null,
    };
}
