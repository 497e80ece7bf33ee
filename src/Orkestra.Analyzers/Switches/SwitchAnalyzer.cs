using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orkestra.Analyzers.Switches;

/// <summary>Switches without a default that do not cover every case.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SwitchAnalyzer : OrkestraAnalyzer
{
    public static readonly DiagnosticDescriptor Incomplete = Rule.Warning("ORK030", "A switch does not cover every case", "The switch over {0} has no case for {1}: add it, or .Default(…)");

    public static readonly DiagnosticDescriptor Open = Rule.Warning("ORK031", "A switch has no default", "The cases of a switch over {0} can't cover everything: add .Default(…)");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Incomplete, Open];

    protected override void Register(CompilationStartAnalysisContext context, OrkestraTypes types) => context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!IsCase(call) || IsContinued(call.Syntax) || Receiver(call.Parent) is IInvocationOperation { TargetMethod.Name: "Case" or "Default" }) return;
        if (call.Type is not INamedTypeSymbol { Name: "ValueSwitch" or "TypeSwitch" } made) return;
        List<IInvocationOperation> cases = [];
        for (IOperation? part = call; part is IInvocationOperation one && IsCase(one); part = one.Arguments.FirstOrDefault()?.Value) cases.Add(one);
        var subject = made.TypeArguments[made.Name == "ValueSwitch" ? 2 : 1];
        var isOverTypes = made.Name == "TypeSwitch";
        var missing = isOverTypes ? MissingTypes(subject, cases) : MissingValues(subject, cases);
        var location = call.Syntax.GetLocation();
        if (!isOverTypes && IsOpen(subject)) context.ReportDiagnostic(Diagnostic.Create(Open, location, CodeNames.Of(subject)));
        else if (missing is { Count: > 0 }) context.ReportDiagnostic(Diagnostic.Create(Incomplete, location, CodeNames.Of(subject), string.Join(", ", missing)));
    }

    // A case that does not compile comes next, which has no operation.
    static bool IsContinued(SyntaxNode call) => call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Case" or "Default" } next && next.Expression == call;

    // The call that a call is the receiver of.
    static IOperation? Receiver(IOperation? parent)
    {
        while (parent is IConversionOperation or IArgumentOperation) parent = parent.Parent;
        return parent;
    }

    static bool IsCase(IInvocationOperation call) => call.TargetMethod is { Name: "Case", ContainingType: { Name: "SwitchExtensions", ContainingNamespace.Name: "Authoring" } };

    static bool IsOpen(ITypeSymbol type)
    {
        type = Unwrapped(type);
        return type.SpecialType != SpecialType.System_Boolean && (type.TypeKind != TypeKind.Enum || IsFlags(type));
    }

    static List<string>? MissingTypes(ITypeSymbol root, List<IInvocationOperation> cases)
    {
        var derived = root.GetAttributes().Where(static attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute")
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol).OfType<ITypeSymbol>().ToList();
        if (derived.Count == 0) return null;
        if (!root.IsAbstract && root.TypeKind != TypeKind.Interface) derived.Add(root);
        var covered = cases.Select(static one => one.TargetMethod.TypeArguments[2]).ToList();
        return [.. derived.Where(type => !covered.Any(one => Is(type, one))).Select(CodeNames.Of).Distinct()];
    }

    static List<string>? MissingValues(ITypeSymbol subject, List<IInvocationOperation> cases)
    {
        if (IsOpen(subject)) return null;
        var type = Unwrapped(subject);
        var covered = new HashSet<object>();
        var hasNull = false;
        foreach (var one in cases)
        {
            var value = StepCreation.Unconverted(one.Arguments[1].Value);
            if (value.ConstantValue is not { HasValue: true } constant) return null;
            if (constant.Value is null) hasNull = true;
            else covered.Add(constant.Value);
        }

        List<string> missing = [];
        if (type.SpecialType == SpecialType.System_Boolean)
        {
            foreach (var value in (bool[])[true, false])
            {
                if (!covered.Contains(value)) missing.Add(value ? "true" : "false");
            }
        }
        else
        {
            missing.AddRange(type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue && covered.Add(field.ConstantValue!)).Select(field => $"{type.Name}.{field.Name}"));
        }

        if (!hasNull && !SymbolEqualityComparer.Default.Equals(type, subject)) missing.Add("null");
        return missing;
    }

    static ITypeSymbol Unwrapped(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    static bool IsFlags(ITypeSymbol type) => type.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == nameof(FlagsAttribute));

    static bool Is(ITypeSymbol type, ITypeSymbol other)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, other)) return true;
        }

        return type.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one, other));
    }
}
