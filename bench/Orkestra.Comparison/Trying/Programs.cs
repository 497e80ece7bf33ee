using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orkestra.Comparison.Trying;

/// <summary>Compiles sources in memory.</summary>
internal static class Programs
{
    const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. Assembly.Load("Orkestra.Analyzers").GetTypes().Where(static type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileNameWithoutExtension(path) is not ("OrdersProcess" or "OrdersProcess.Cdk" or "Orkestra.Comparison" or "Orkestra.Analyzers"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles, with the analyzers of Orkestra or without; gives the assembly or what the compiler or an analyzer says.</summary>
    public static async Task<(Assembly? Assembly, Outcome? Refusal)> CompileAsync(IEnumerable<(string Name, string Text)> sources, bool analyzed)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            $"Try{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(Usings, options), .. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Name))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var problems = compilation.GetDiagnostics().Where(static one => one.Severity >= DiagnosticSeverity.Warning).ToList();
        var own = analyzed
            ? (await compilation.WithAnalyzers(Analyzers, new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync(CancellationToken.None)).Where(static one => one.Severity > DiagnosticSeverity.Hidden).ToList()
            : [];
        if (problems.Count > 0) return (null, new Outcome(Stage.Compiler, Text([.. own, .. problems])));
        if (own.Count > 0) return (null, new Outcome(Stage.Analyzer, Text(own)));
        using var stream = new MemoryStream();
        if (!compilation.Emit(stream).Success) throw new InvalidOperationException("It could not be emitted.");
        stream.Position = 0;
        return (new AssemblyLoadContext(null).LoadFromStream(stream), null);
    }

    static string Text(IReadOnlyList<Diagnostic> problems) =>
        $"{string.Join(", ", problems.Select(static one => one.Id).Distinct())}: {problems.OrderByDescending(static one => one.Severity).First().GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
}
