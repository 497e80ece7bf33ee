using Microsoft.CodeAnalysis;

namespace Orkestra.Analyzers.Tests;

/// <summary>A diagnostic, as a test compares it.</summary>
internal sealed record Finding(string Id, DiagnosticSeverity Severity, int Line, string Code, string Message)
{
    public override string ToString() => $"{Line}: {Id} '{Code}': {Message}";
}
