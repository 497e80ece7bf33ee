using Orkestra.Asl;

namespace Orkestra.Cli.Output;

/// <summary>A problem of a definition as a line of text.</summary>
internal static class DiagnosticText
{
    /// <summary>The line, as compilers write it, so that editors and terminals link to the place.</summary>
    internal static string Line(string file, Diagnostic problem)
    {
        var position = problem.Line > 0 ? $":{problem.Line}:{problem.Column}" : "";
        var place = problem.Location is null ? "" : $" at {problem.Location}";
        return $"{file}{position}: {(problem.IsError ? "error" : "warning")} {problem.Id}: {problem.Message}{place}";
    }
}
