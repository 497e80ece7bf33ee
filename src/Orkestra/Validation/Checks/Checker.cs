using Orkestra.Asl;
using Orkestra.Asl.Reading;

namespace Orkestra.Validation.Checks;

/// <summary>One validation: the document, what is asked of it, and the problems found so far in the order of the service.</summary>
internal sealed class Checker(AslSource source, ValidationOptions options, bool positions)
{
    readonly List<Diagnostic> problems = [];

    internal ValidationOptions Options => options;

    /// <summary>Whether states that name no query language speak JSONata.</summary>
    internal bool MachineIsJsonata { get; set; }

    /// <summary>The labels of the Maps seen so far.</summary>
    internal HashSet<string> Labels { get; } = new(StringComparer.Ordinal);

    internal EquatableList<Diagnostic> Problems => EquatableList.Create<Diagnostic>([.. problems]);

    internal void Error(string code, string message, string? location, SourceNode? at) => Report(DiagnosticSeverity.Error, code, message, location, at);

    internal void Warning(string code, string message, string? location, SourceNode? at) => Report(DiagnosticSeverity.Warning, code, message, location, at);

    internal void Schema(string message, string? location, SourceNode? at) => Error(Codes.Schema, message, location, at);

    void Report(DiagnosticSeverity severity, string code, string message, string? location, SourceNode? at)
    {
        var (line, column) = positions && at is not null ? source.PositionOf(at.Offset) : (0, 0);
        problems.Add(new Diagnostic(code, severity, message, line, column, location is "" ? "/" : location));
    }
}
