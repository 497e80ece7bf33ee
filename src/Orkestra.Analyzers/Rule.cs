using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers;

/// <summary>Makes the descriptions of diagnostics.</summary>
internal static class Rule
{
    // The build's RepositoryUrl. Without one no link is better than one that leads nowhere: the package holds the pages.
    static readonly string Repository =
        typeof(Rule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static metadata => metadata.Key == "RepositoryUrl")?.Value?.TrimEnd('/') ?? "";

    public static DiagnosticDescriptor Error(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Error);

    public static DiagnosticDescriptor Warning(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Warning);

    public static DiagnosticDescriptor Info(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Info);

    /// <summary>A warning that is known only when the whole project has been looked at.</summary>
    public static DiagnosticDescriptor AtEnd(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Warning, WellKnownDiagnosticTags.CompilationEnd);

    static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, "Orkestra", severity, isEnabledByDefault: true, helpLinkUri: Repository.Length == 0 ? null : $"{Repository}/blob/main/docs/diagnostics/{id}.md", customTags: tags);
}
