using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests;

/// <summary>Nothing is reported of the samples and templates of this repository. The build analyzes the tests, where a warning is an error.</summary>
public sealed class RepositoryTests
{
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    public static TheoryData<string> Projects() =>
    [
        .. ((string[])["samples", "templates"]).SelectMany(static folder => Directory.GetFiles(Path.Combine(Approval.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(static project => Path.GetRelativePath(Approval.Root, Path.GetDirectoryName(project)!)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Is_clean(string project)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = Directory.GetFiles(Path.Combine(Approval.Root, project), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
            .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options));
        var compilation = CSharpCompilation.Create(
            Path.GetFileName(project), trees, Analysis.References, new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

        // Without the packages of the project not everything has a type; what is seen of Orkestra has one.
        var findings = await compilation.WithAnalyzers(Analysis.Analyzers, new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        findings.Where(static finding => finding.Severity >= DiagnosticSeverity.Warning && !finding.IsSuppressed).Select(static finding => finding.ToString()).ShouldBeEmpty();
    }
}
