using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Orkestra.Authoring;
using Shouldly;

namespace Orkestra.Analyzers.Tests;

/// <summary>Runs a program that was compiled here.</summary>
internal static class CompiledProgram
{
    /// <summary>What is said when a workflow is compiled.</summary>
    public static string RefusalOf(string source, string type, string method)
    {
        using var stream = new MemoryStream();
        var result = Analysis.Compile(source).Emit(stream);
        result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        var context = new AssemblyLoadContext("program", isCollectible: true);
        try
        {
            var workflow = (Workflow)context.LoadFromStream(stream).GetType(type)!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
            return Should.Throw<WorkflowException>(() => workflow.Compile()).Message;
        }
        finally
        {
            context.Unload();
        }
    }
}
