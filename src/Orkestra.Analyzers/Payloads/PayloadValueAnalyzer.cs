using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Payloads;

/// <summary>Looks at what a step's function returns: tasks that were not awaited, records cut to their base, values that are too large.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PayloadValueAnalyzer : OrkestraAnalyzer
{
    const int limit = 256 * 1024;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PayloadRules.Task, PayloadRules.Unreadable, PayloadRules.TooLarge, PayloadRules.Lost];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) =>
        context.RegisterOperationAction(operation => Analyze(operation, types), StepBody.Kinds);

    static void Analyze(OperationAnalysisContext context, OrkestraTypes types)
    {
        if (StepBody.Of(context, types) is not { Body: var body } step) return;
        foreach (var value in Returned(body))
        {
            Cut(context, value, step.Output);
            TooLarge(context, StepCreation.Unconverted(value));
            foreach (var operation in value.DescendantsAndSelf())
            {
                if (operation is IAnonymousObjectCreationOperation anonymous)
                    foreach (var member in anonymous.Initializers.OfType<ISimpleAssignmentOperation>()) Task(context, member);
                else if (operation is IConversionOperation { IsImplicit: true, Type.SpecialType: SpecialType.System_Object, Operand: var task } conversion && PartOf(conversion) is { } part && OrkestraTypes.IsTask(task.Type))
                    NotAwaited(context, part, task);
                else
                    LostComparers.Analyze(context, operation, value, body);
            }
        }
    }

    static IEnumerable<IOperation> Returned(IOperation body)
    {
        var pending = new Stack<IOperation>(body.ChildOperations);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            if (operation is IReturnOperation { ReturnedValue: { } value, Kind: OperationKind.Return }) yield return value;
            foreach (var child in operation.ChildOperations) pending.Push(child);
        }
    }

    static void Task(OperationAnalysisContext context, ISimpleAssignmentOperation member)
    {
        if (member.Target is IPropertyReferenceOperation { Property: var property } && OrkestraTypes.IsTask(property.Type)) NotAwaited(context, property.Name, member.Value);
    }

    static void NotAwaited(OperationAnalysisContext context, string name, IOperation task) => context.ReportDiagnostic(Diagnostic.Create(
        PayloadRules.Task,
        task.Syntax.GetLocation(),
        $"'{name}' is a task that was not awaited, and a payload holds what a task gives: write 'await {CodeNames.Of((Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax)task.Syntax)}'."));

    // The member that a value is given to: a parameter of a constructor, or what an initializer assigns.
    static string? PartOf(IOperation value) => value.Parent switch
    {
        IArgumentOperation { Parent: IObjectCreationOperation, Parameter.Name: var name } => name,
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name }, Parent: IObjectOrCollectionInitializerOperation } => name,
        _ => null,
    };

    static void Cut(OperationAnalysisContext context, IOperation value, ITypeSymbol written)
    {
        if (value is not IConversionOperation { IsImplicit: true, Conversion.IsReference: true, Operand.Type: INamedTypeSymbol given } conversion) return;
        Undeclared(context, StepCreation.Unconverted(value), written);
        if (written is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, SpecialType: SpecialType.None, DeclaringSyntaxReferences.Length: > 0 } type) return;
        if (!SymbolEqualityComparer.Default.Equals(conversion.Type, written) || SymbolEqualityComparer.Default.Equals(given, written)) return;
        if (type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute" or "JsonConverterAttribute")) return;
        for (var current = given; current is not null && !SymbolEqualityComparer.Default.Equals(current, written); current = current.BaseType)
        {
            var lost = current.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(static property =>
                property is { IsStatic: false, IsIndexer: false, IsOverride: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null, Name: not "EqualityContract" });
            if (lost is null) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                PayloadRules.Unreadable,
                value.Syntax.GetLocation(),
                $"This {CodeNames.Of(given)} is cut to {CodeNames.Of(written)}, whose members alone are written ('{lost.Name}' is lost): put [JsonDerivedType(typeof({CodeNames.Of(given)}), \"{given.Name}\")] on {CodeNames.Of(written)}, or let the step give {CodeNames.Of(given)}."));
            return;
        }
    }

    // The serializer refuses to write what a hierarchy does not declare.
    static void Undeclared(OperationAnalysisContext context, IOperation value, ITypeSymbol written)
    {
        if (value is not IObjectCreationOperation { Type: INamedTypeSymbol given } || SymbolEqualityComparer.Default.Equals(given, written)) return;
        if (written.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "JsonPolymorphicAttribute" or "JsonConverterAttribute")) return;
        var declared = written.GetAttributes().Where(static attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute").ToArray();
        if (declared.Length == 0 || declared.Any(attribute => attribute.ConstructorArguments.Length == 0 || SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments[0].Value as ITypeSymbol, given))) return;
        context.ReportDiagnostic(Diagnostic.Create(
            PayloadRules.Unreadable,
            value.Syntax.GetLocation(),
            $"{CodeNames.Of(written)} doesn't declare {CodeNames.Of(given)}, so it can't be written: put [JsonDerivedType(typeof({CodeNames.Of(given)}), \"{given.Name}\")] on {CodeNames.Of(written)}."));
    }

    static void TooLarge(OperationAnalysisContext context, IOperation value)
    {
        var size = value switch
        {
            // Base64 takes four letters for three bytes; anything else takes a digit and a comma.
            IArrayCreationOperation { DimensionSizes.Length: 1 } array when array.DimensionSizes[0].ConstantValue is { HasValue: true, Value: int length } && array.Type is IArrayTypeSymbol type =>
                type.ElementType.SpecialType == SpecialType.System_Byte ? length * 4L / 3 : length * 2L,
            IObjectCreationOperation { Type.SpecialType: SpecialType.System_String } text when text.Arguments.Length == 2 && text.Arguments[1].Value.ConstantValue is { HasValue: true, Value: int count } => count,
            _ => 0L,
        };
        if (size > limit)
            context.ReportDiagnostic(Diagnostic.Create(PayloadRules.TooLarge, value.Syntax.GetLocation(), $"'{CodeNames.Of((Microsoft.CodeAnalysis.CSharp.Syntax.ExpressionSyntax)value.Syntax)}' takes at least {size / 1024} KiB as JSON"));
    }
}
