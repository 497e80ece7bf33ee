using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers;

/// <summary>Makes the descriptions of diagnostics.</summary>
internal static class Rule
{
    const string pages = "https://github.com/orkestra-net/orkestra/blob/main/docs/diagnostics/";

    public static DiagnosticDescriptor Error(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Error);

    public static DiagnosticDescriptor Warning(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Warning);

    public static DiagnosticDescriptor Info(string id, string title, string message) => Of(id, title, message, DiagnosticSeverity.Info);

    static DiagnosticDescriptor Of(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Orkestra", severity, isEnabledByDefault: true, helpLinkUri: $"{pages}{id}.md");
}
