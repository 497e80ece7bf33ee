using System.Diagnostics;

namespace Orkestra.CommandLine.Terminal;

/// <summary>A line of C#.</summary>
internal readonly record struct SourcePlace(string File, int Line)
{
    /// <summary>Where user code threw: the innermost frame with a source file that is not the product's own. Null without symbols.</summary>
    public static SourcePlace? Of(Exception exception)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() is { Length: > 0 } file && !IsOwn(frame)) return new SourcePlace(file, frame.GetFileLineNumber());
        }

        return null;
    }

    static bool IsOwn(StackFrame frame) => DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is { } assembly
        && (assembly.StartsWith("Orkestra,", StringComparison.Ordinal) || assembly.StartsWith("Orkestra.Expressions,", StringComparison.Ordinal));

    /// <summary>The file and the line, as an editor opens them.</summary>
    public override string ToString() => $"{File}:{Line}";
}
