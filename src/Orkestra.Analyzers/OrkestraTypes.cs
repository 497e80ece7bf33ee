using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers;

/// <summary>The types of Orkestra in a compilation that refers to it.</summary>
internal sealed class OrkestraTypes
{
    static readonly ConditionalWeakTable<Compilation, OrkestraTypes> Cache = new();

    OrkestraTypes(Compilation compilation)
    {
        INamedTypeSymbol? Authoring(string name) => compilation.GetTypeByMetadataName("Orkestra.Authoring." + name);

        Step = Authoring("Step`2");
        Flow = Authoring("Flow`2");
        IFlow = Authoring("IFlow`2");
        AllOf = Authoring("Branching.AllOf`1");
        Wait = Authoring("Wait");
        Outcome = Authoring("Outcome`1");
        Failure = Authoring("Failure");
        Workflow = Authoring("Workflow`2");
        IStepHandler = Authoring("IStepHandler`2");
        Host = compilation.GetTypeByMetadataName("Orkestra.CommandLine.OrkestraHost");
        Expression = compilation.GetTypeByMetadataName("System.Linq.Expressions.Expression`1");
        IsOfTests = compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name is "xunit.core" or "xunit.v3.core" or "nunit.framework" or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework" or "TUnit.Core");
    }

    public INamedTypeSymbol? Step { get; }

    public INamedTypeSymbol? Flow { get; }

    public INamedTypeSymbol? IFlow { get; }

    public INamedTypeSymbol? AllOf { get; }

    public INamedTypeSymbol? Wait { get; }

    public INamedTypeSymbol? Outcome { get; }

    public INamedTypeSymbol? Failure { get; }

    public INamedTypeSymbol? Workflow { get; }

    public INamedTypeSymbol? IStepHandler { get; }

    public INamedTypeSymbol? Host { get; }

    public INamedTypeSymbol? Expression { get; }

    /// <summary>Whether the project refers to a framework for tests, so that its handlers and steps may record what they do.</summary>
    public bool IsOfTests { get; }

    /// <summary>The types, or null when the compilation does not refer to Orkestra or declares it.</summary>
    public static OrkestraTypes? Of(Compilation compilation)
    {
        var types = Cache.GetValue(compilation, static compilation => new(compilation));
        return types.Step is null || types.Flow is null || types.IFlow is null
            || SymbolEqualityComparer.Default.Equals(types.Step.ContainingAssembly, compilation.Assembly) ? null : types;
    }

    /// <summary>The type of what a symbol stands for: of a field, property, variable or parameter, or of what a method returns. Null for others.</summary>
    public static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IMethodSymbol method => method.ReturnType,
        _ => null,
    };

    public bool IsStep(ITypeSymbol? type) => IsOf(type, Step);

    /// <summary>Whether values of a type are flows: steps, flows and what is seen through IFlow.</summary>
    public bool IsFlow(ITypeSymbol? type) => EndsOf(type) is not null;

    /// <summary>What a flow takes and gives, or null when the type is no flow.</summary>
    public (ITypeSymbol In, ITypeSymbol Out)? EndsOf(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (IsOf(current, Flow) || IsOf(current, IFlow)) return (current.TypeArguments[0], current.TypeArguments[1]);
        }

        return null;
    }

    /// <summary>What a workflow takes and gives, or null when the type is no workflow.</summary>
    public (ITypeSymbol In, ITypeSymbol Out)? WorkflowEndsOf(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (IsOf(current, Workflow)) return (current.TypeArguments[0], current.TypeArguments[1]);
        }

        return null;
    }

    public bool IsWorkflow(ITypeSymbol? type) => WorkflowEndsOf(type) is not null;

    /// <summary>Whether a type is a task, with or without a result.</summary>
    public static bool IsTask(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask" } && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    /// <summary>Whether the values of a type are sequences of others. A string is one, too.</summary>
    public static bool IsSequence(ITypeSymbol? type) =>
        type is IArrayTypeSymbol or { SpecialType: SpecialType.System_Collections_IEnumerable }
        || type?.AllInterfaces.Any(static one => one.SpecialType == SpecialType.System_Collections_IEnumerable) == true;

    public static bool IsOf(ITypeSymbol? type, INamedTypeSymbol? definition) =>
        type is INamedTypeSymbol named && definition is not null && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, definition);
}
