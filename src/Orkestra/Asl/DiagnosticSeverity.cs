namespace Orkestra.Asl;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The document can be used, but likely does not mean what was meant.</summary>
    Warning,

    /// <summary>The document is not valid.</summary>
    Error,
}
