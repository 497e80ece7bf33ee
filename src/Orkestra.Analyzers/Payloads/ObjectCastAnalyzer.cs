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
        context.RegisterOperationAction(operation => Analyze(operation, types), StepFunction.Kinds);
    }

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        // A step that a test or a program makes inside a method may be called with any object.
        if (StepFunction.Of(context, types) is not { Input: { } input, Body: var body } step || !step.IsDeployed(context, types)) return;
        foreach (var operation in body.Descendants())
        {
            if (operation is IPropertyReferenceOperation { Instance: { } owner, Property: { IsIndexer: false, SetMethod: not null, DeclaringSyntaxReferences.Length: > 0 } member } read && operation.Parent is not IAssignmentOperation)
            {
                if (IsOf(owner, input) && PayloadReader.IsNeverWritten(member)) Ignored(context, read, member, step);
                continue;
            }

            var (value, type) = operation switch
            {
                IConversionOperation { IsImplicit: false, Type: { } to, OperatorMethod: null } cast => (cast.Operand, to),
                IIsTypeOperation test => (test.ValueOperand, test.TypeOperand),
                IIsPatternOperation { Value: var tested, Pattern: IDeclarationPatternOperation { MatchedType: { } matched } } => (tested, matched),
                IIsPatternOperation { Value: var tested, Pattern: ITypePatternOperation { MatchedType: { } matched } } => (tested, matched),
                IIsPatternOperation { Value: var tested, Pattern: IConstantPatternOperation { Value: { ConstantValue: { HasValue: true, Value: not null } } constant } } => (tested, StepCreation.Unconverted(constant).Type),
                _ => (null, null),
            };
            if (value is not { Type.SpecialType: SpecialType.System_Object } || type is null or { SpecialType: SpecialType.System_Object } or { Name: "JsonElement" } or { TypeKind: TypeKind.Dynamic or TypeKind.TypeParameter or TypeKind.Error }) continue;
            if (What(value, input, body) is not { } what) continue;
            var name = CodeNames.Of(type.WithNullableAnnotation(NullableAnnotation.None));
            context.ReportDiagnostic(Diagnostic.Create(
                Cast,
                operation.Syntax.GetLocation(),
                CodeNames.Of((ExpressionSyntax)value.Syntax),
                what.Text,
                name,
                what.Kind switch
                {
                    Kind.Input when step.IsHandler => $"let '{step.Name}' implement IStepHandler<{name}, …>",
                    Kind.Input => $"declare the step '{step.Name}' as Step<{name}, …>",
                    Kind.Member => $"declare {what.Text} as {name}, or {Read()}",
                    _ => $"declare a record with the members that are read, or {Read()}",
                }));

            string Read() => $"read it with '((JsonElement){CodeNames.Of((ExpressionSyntax)value.Syntax)}).Deserialize<{name}>()'";
        }
    }

    static void Ignored(OperationAnalysisContext context, IPropertyReferenceOperation read, IPropertySymbol member, StepFunction step) => context.ReportDiagnostic(Diagnostic.Create(
        PayloadRules.Lost,
        read.Syntax.GetLocation(),
        $"'{CodeNames.Of((ExpressionSyntax)read.Syntax)}' never arrives in step '{step.Name}', because '{member.Name}' of {CodeNames.Of(member.ContainingType)} has [JsonIgnore]: remove the attribute, or compute the value in this step."));

    // The input itself, a property of it that the project declares, or an element of one of them, unless the step itself puts elements there.
    static (string Text, Kind Kind)? What(IOperation value, IParameterSymbol input, IOperation lambda)
    {
        switch (StepCreation.Unconverted(value))
        {
            case IParameterReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Parameter, input):
                return ("the step's input", Kind.Input);
            case IPropertyReferenceOperation { Property: { IsIndexer: false, DeclaringSyntaxReferences.Length: > 0 } property, Instance: { } owner } when IsOf(owner, input):
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
    }
}
