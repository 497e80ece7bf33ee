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

    static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Orkestra", severity, isEnabledByDefault: true, helpLinkUri: Repository.Length == 0 ? null : $"{Repository}/blob/main/docs/diagnostics/{id}.md");
}
