using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Orkestra.Authoring;
using Orkestra.Hosting;

namespace Orkestra.Mistakes.Tests;

/// <summary>The first thing that refuses a program, and what it says.</summary>
public sealed record Refusal(Stage Stage, string Text)
{
    // Warnings about unused code, which small programs have.
    static readonly string[] Ignored = ["CS0169", "CS0219", "CS0414", "CS1701", "CS1702", "CS8019"];

    static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(Analyzers.OrkestraAnalyzer).Assembly.GetTypes().Where(static type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Orkestra", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "netstandard.dll") && !name.Contains("Analyzers", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static async Task<Refusal> OfAsync(MistakeProgram program)
    {
        var kind = program.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create(
            "Mistake",
            [CSharpSyntaxTree.ParseText(program.Text, new CSharpParseOptions(LanguageVersion.Latest), "Mine.cs")],
            References,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
        var all = (await compilation.WithAnalyzers(Analyzers, new AnalyzerOptions([])).GetAllDiagnosticsAsync(CancellationToken.None))
            .Where(static one => one.Severity > DiagnosticSeverity.Hidden && !Ignored.Contains(one.Id)).OrderBy(static one => one.Location.SourceSpan.Start).ThenBy(static one => one.Id, StringComparer.Ordinal).ToArray();
        var own = all.Where(static one => !one.Id.StartsWith("CS", StringComparison.Ordinal)).ToArray();
        if (all.Length > own.Length) return new(Stage.Compiler, Lines(all));
        if (own.Any(static one => one.Severity >= DiagnosticSeverity.Warning)) return new(Stage.Analyzer, Lines(own.Where(static one => one.Severity >= DiagnosticSeverity.Warning)));
        if (own.Length > 0) return new(Stage.Hint, Lines(own));
        return program.IsProgram ? new(Stage.Nothing, "") : await RunAsync(compilation);
    }

    static async Task<Refusal> RunAsync(CSharpCompilation compilation)
    {
        using var stream = new MemoryStream();
        if (!compilation.Emit(stream).Success) return new(Stage.Nothing, "It could not be emitted.");
        stream.Position = 0;
        var context = new AssemblyLoadContext("mistake", isCollectible: true);
        try
        {
            var type = context.LoadFromStream(stream).GetTypes().First(static type => type.IsSubclassOf(typeof(Workflow)) && !type.IsAbstract && type.Name == "Mine");
            Workflow workflow;
            try
            {
                workflow = (Workflow)Activator.CreateInstance(type)!;
                workflow.Compile();
            }
            catch (Exception exception)
            {
                return new(Stage.Compilation, Sentence(exception));
            }

            var result = await workflow.ExecuteAsync();
            var execution = result.Execution;
            return execution.Error is null ? new(Stage.Nothing, "") : new(Stage.Run, result.ToException().Message);
        }
        finally
        {
            context.Unload();
        }
    }

    static string Sentence(Exception exception)
    {
        while (exception is TargetInvocationException or TypeInitializationException && exception.InnerException is { } inner) exception = inner;
        return exception is WorkflowException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
    }

    static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(static one => $"{one.Id} at '{Where(one)}': {one.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}").Distinct());

    static string Where(Diagnostic diagnostic)
    {
        var text = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "";
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 60 ? $"{text[..59]}…" : text;
    }
}
