using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Payloads;

/// <summary>What travels as <c>object</c> arrives as a <c>JsonElement</c>: the type that it had is not in its JSON, so a cast to it always fails.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ObjectCastAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Cast = Rule.Warning(
        "ORK026",
        "What arrives as object is cast",
        "'{0}' arrives as a JsonElement, because {1} is object, so it is never {2}: {3}");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Cast, PayloadRules.Lost];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types)
    {
        // Own options may read objects in another way.
        if (context.Compilation.GetSymbolsWithName("JsonOptions", SymbolFilter.Member).Any()) return;
        context.RegisterOperationAction(operation => Analyze(operation, types), StepBody.Kinds);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        // A step that a test or a program makes inside a method may be called with any object.
        if (StepBody.Of(context, types) is not { Input: { } input, Body: var body } step || !step.IsDeployed(context, types)) return;
        var asksForJson = ObjectReads.AsksForJson(body);
        foreach (var operation in body.Descendants())
        {
            if (operation is IPropertyReferenceOperation { Instance: { } owner, Property: { IsIndexer: false, SetMethod: not null, DeclaringSyntaxReferences.Length: > 0 } member } read && operation.Parent is not IAssignmentOperation)
            {
                if (IsOf(owner, input) && PayloadReader.IsNeverWritten(member)) Ignored(context, read, member, step);
            }
            else if (!asksForJson && ObjectReads.Of(operation) is { } cast && What(cast.Value, cast.IsSequence, input, body) is { } what)
            {
                Report(context, step, Where(operation, cast.Value), cast.Value, what, cast.Type);
            }
            else if (operation is IInvocationOperation call && CalledFunctions.CalledBy(call, step.Owner, context.CancellationToken) is { } called && called.Body.Syntax != body.Syntax && !ObjectReads.AsksForJson(called.Body))
            {
                AnalyzeCall(context, step, call, called.Name, called.Body);
            }
        }
    }

    // What a method of the same class reads of the values that it is given.
    static void AnalyzeCall(OperationAnalysisContext context, StepBody step, IInvocationOperation call, string name, IOperation called)
    {
        var parameters = called is IAnonymousFunctionOperation lambda ? lambda.Symbol.Parameters : call.TargetMethod.OriginalDefinition.Parameters;
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke && called is not IAnonymousFunctionOperation) return;
        foreach (var argument in call.Arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter.Ordinal: var ordinal }) continue;
            var (given, parameter) = (StepCreation.Unconverted(argument.Value), parameters[ordinal]);
            var isObject = parameter.Type.SpecialType == SpecialType.System_Object;
            var passed = isObject ? What(given, false, step.Input!, step.Body) : null;
            if (isObject ? passed is null || given.Type?.SpecialType != SpecialType.System_Object : !IsOf(given, step.Input!)) continue;
            foreach (var operation in called.Descendants())
            {
                if (ObjectReads.Of(operation) is not { } cast || What(cast.Value, cast.IsSequence, parameter, called) is not { } what) continue;
                Report(context, step, call.Syntax, isObject ? given : cast.Value, passed ?? what, cast.Type, $" (in '{name}')");
                return;
            }
        }
    }

    static SyntaxNode Where(IOperation operation, IOperation value) => operation switch
    {
        ISwitchOperation or ISwitchExpressionOperation => value.Syntax,
        IForEachLoopOperation { Syntax: ForEachStatementSyntax loop } => loop.Type,
        _ => operation.Syntax,
    };

    static void Report(OperationAnalysisContext context, StepBody step, SyntaxNode where, IOperation value, (string Text, Kind Kind) what, ITypeSymbol type, string place = "")
    {
        var name = CodeNames.Of(type.WithNullableAnnotation(NullableAnnotation.None));
        var text = CodeNames.Of((ExpressionSyntax)value.Syntax);
        var read = $"read it with '((JsonElement){text}).Deserialize<{name}>()'";
        context.ReportDiagnostic(Diagnostic.Create(
            Cast,
            where.GetLocation(),
            what.Kind == Kind.Sequence ? $"{text}[…]" : text,
            what.Text,
            name + place,
            what.Kind switch
            {
                Kind.Input when step.IsHandler => $"let '{step.Name}' implement IStepHandler<{name}, …>",
                Kind.Input => $"declare the step '{step.Name}' as Step<{name}, …>",
                Kind.Member => $"declare {what.Text} as {name}, or {read}",
                Kind.Sequence => $"declare the elements as {name}, or read each as a JsonElement, with 'Deserialize<{name}>()'",
                _ => $"declare a record with the members that are read, or {read}",
            }));
    }

    static void Ignored(OperationAnalysisContext context, IPropertyReferenceOperation read, IPropertySymbol member, StepBody step) => context.ReportDiagnostic(Diagnostic.Create(
        PayloadRules.Lost,
        read.Syntax.GetLocation(),
        $"'{CodeNames.Of((ExpressionSyntax)read.Syntax)}' never arrives in step '{step.Name}', because '{member.Name}' of {CodeNames.Of(member.ContainingType)} has [JsonIgnore]: remove the attribute, or compute the value in this step."));

    // The input itself, a property of it that the project declares, or an element of one of them, unless the step itself puts elements there.
    static (string Text, Kind Kind)? What(IOperation value, bool isSequence, IParameterSymbol input, IOperation lambda)
    {
        if (isSequence) return IsOf(value, input) && !IsFilled(lambda) ? (ElementOf(value).Text, Kind.Sequence) : null;
        switch (StepCreation.Unconverted(value))
        {
            case IParameterReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Parameter, input):
                return ("the step's input", Kind.Input);
            case IPropertyReferenceOperation { Property: { IsIndexer: false, DeclaringSyntaxReferences.Length: > 0 } property, Instance: { } owner } when IsOf(owner, input) && !IsAssigned(property, lambda):
                return ($"'{property.Name}' of {CodeNames.Of(property.ContainingType)}", Kind.Member);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } owner } when IsOf(owner, input) && !IsFilled(lambda):
                return ElementOf(owner);
            case IArrayElementReferenceOperation { ArrayReference: { } owner } when IsOf(owner, input) && !IsFilled(lambda):
                return ElementOf(owner);
            default:
                return null;
        }
    }

    static (string Text, Kind Kind) ElementOf(IOperation owner) => ($"an element of '{CodeNames.Of((ExpressionSyntax)owner.Syntax)}'", Kind.Element);

    static bool IsAssigned(IPropertySymbol property, IOperation lambda) => lambda.Descendants().Any(operation =>
        operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var assigned } } && SymbolEqualityComparer.Default.Equals(assigned, property));

    static bool IsFilled(IOperation lambda) => lambda.Descendants().Any(static operation => operation is IAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } or IArrayElementReferenceOperation }
        or IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Insert" or "AddRange" or "Fill" });

    static bool IsOf(IOperation value, IParameterSymbol input) => StepCreation.Unconverted(value) switch
    {
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, input),
        IPropertyReferenceOperation { Property.IsIndexer: false, Instance: { } owner } => IsOf(owner, input),
        _ => false,
    };

    enum Kind
    {
        Input,
        Member,
        Element,
        Sequence,
    }
}
