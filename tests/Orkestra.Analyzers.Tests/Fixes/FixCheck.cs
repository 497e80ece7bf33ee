using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Orkestra.Analyzers.Tests.Fixes;

/// <summary>Applies a code fix: the code before holds the diagnostics in <c>[|…|]</c>, the code after is what the fix makes of it.</summary>
internal static class FixCheck
{
    const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;
        using Orkestra.Authoring;
        using Orkestra.CommandLine;
        using Orkestra.Hosting;

        """;

    public static async Task RunAsync<TAnalyzer, TFix>(string id, string before, string after, int fix = 0, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            TestCode = Marked(Usings + before, id),
            FixedCode = Usings + after,
            CodeActionIndex = fix,
            CompilerDiagnostics = CompilerDiagnostics.Errors,

            // The assemblies of the running program: nothing is fetched.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            TestState = { OutputKind = kind },
        };
        test.TestState.AdditionalReferences.AddRange(Analysis.References);
        test.FixedState.AdditionalReferences.AddRange(Analysis.References);
        await test.RunAsync();
    }

    static string Marked(string code, string id) => code.Replace("[|", $"{{|{id}:", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal);
}
