using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Orkestra.Authoring;

namespace Orkestra.Analyzers.Tests;

/// <summary>Compiles a program with all of Orkestra's analyzers.</summary>
internal static class Analysis
{
    const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Orkestra.Authoring;
        using Orkestra.CommandLine;
        using Orkestra.Hosting;

        """;

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(OrkestraAnalyzer).Assembly.GetTypes().Where(static type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null).OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Orkestra", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name == "Shouldly.dll" || name is "mscorlib.dll" or "netstandard.dll") && !name.Contains("Analyzers", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    static readonly ImmutableArray<MetadataReference> Xunit =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(static path => Path.GetFileName(path).StartsWith("xunit", StringComparison.Ordinal)).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        CSharpCompilation.Create(
            "Program",
            [CSharpSyntaxTree.ParseText(Usings + source, new CSharpParseOptions(LanguageVersion.Latest), "Program.cs")],
            source.Contains("Xunit", StringComparison.Ordinal) ? References.AddRange(Xunit) : References,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the compiler and the analyzers say, in the order of the lines.</summary>
    public static IReadOnlyList<Finding> Of(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var compilation = Compile(source, kind);
        var offset = Usings.Count(static letter => letter == '\n');
        var all = compilation.WithAnalyzers(Analyzers, new AnalyzerOptions([])).GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            .. all.Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed)
                .Select(diagnostic => new Finding(
                    diagnostic.Id,
                    diagnostic.Severity,
                    diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1 - offset,
                    diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "",
                    diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
                .OrderBy(static finding => finding.Line).ThenBy(static finding => finding.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What the analyzers say of the body of a class with steps.</summary>
    public static IReadOnlyList<Finding> OfOrkestra(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        [.. Of(source, kind).Where(static finding => finding.Id.StartsWith("ORK", StringComparison.Ordinal) || finding.Id == "AD0001")];
}
