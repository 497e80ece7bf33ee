namespace Orkestra.Asl;

/// <summary>A text is not a document of the Amazon States Language.</summary>
public sealed class AslFormatException : FormatException
{
    /// <summary>An exception for these problems; its message is the first error.</summary>
    public AslFormatException(EquatableList<Diagnostic> diagnostics)
        : base(Describe(diagnostics)) => Diagnostics = diagnostics;

    /// <summary>All problems in the order of the text.</summary>
    public EquatableList<Diagnostic> Diagnostics { get; }

    static string Describe(EquatableList<Diagnostic> diagnostics)
    {
        var errors = 0;
        Diagnostic? first = null;
        foreach (var diagnostic in diagnostics)
        {
            if (!diagnostic.IsError) continue;
            first ??= diagnostic;
            errors++;
        }

        if (first is null) return "The text is not a document of the Amazon States Language.";
        return errors == 1 ? first.ToString() : $"{first} (and {errors - 1} more)";
    }
}
