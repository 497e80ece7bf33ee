using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Analyzers;

/// <summary>The base of the analyzers: in a compilation that does not refer to Orkestra they register nothing, so they cost nothing there.</summary>
internal abstract class OrkestraAnalyzer : DiagnosticAnalyzer
{
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (OrkestraTypes.Of(start.Compilation) is { } types) Register(start, types);
        });
    }

    protected abstract void Register(CompilationStartAnalysisContext context, OrkestraTypes types);
}
