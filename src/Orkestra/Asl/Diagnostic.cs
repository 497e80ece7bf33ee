namespace Orkestra.Asl;

/// <summary>One problem of a document. All problems of a document are collected; none stops the others from being found.</summary>
/// <param name="Id">
/// What kind of problem, in capitals: a code of the service (such as <c>SCHEMA_VALIDATION_FAILED</c>) or of <see cref="AslReader"/>
/// (such as <c>WRONG_TYPE</c>).
/// </param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">One sentence that names the thing.</param>
/// <param name="Line">The line, from 1; 0 when the document was not read from text.</param>
/// <param name="Column">The column in UTF-16 units, from 1; 0 when the document was not read from text.</param>
/// <param name="Location">
/// Where in the document, as the service writes it: <c>/States/Charge/Retry[0]/ErrorEquals</c>, <c>/</c> for the document itself, null when the problem has no
/// place.
/// </param>
public sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string Message, int Line, int Column, string? Location)
{
    /// <summary>Whether the severity is <see cref="DiagnosticSeverity.Error"/>.</summary>
    public bool IsError => Severity == DiagnosticSeverity.Error;

    /// <summary>One line: position, severity, code, sentence and location.</summary>
    public override string ToString()
    {
        var position = Line > 0 ? $"{Line}:{Column}: " : "";
        var place = Location is null ? "" : $" at {Location}";
        return $"{position}{(IsError ? "error" : "warning")} {Id}: {Message}{place}";
    }
}
