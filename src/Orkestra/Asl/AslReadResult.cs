namespace Orkestra.Asl;

/// <summary>What <see cref="AslReader"/> found in a text.</summary>
/// <param name="Document">The document; null when the text is not a JSON object. It is there also when it has problems.</param>
/// <param name="Diagnostics">All problems in the order of the text.</param>
public sealed record AslReadResult(StateMachine? Document, EquatableList<Diagnostic> Diagnostics)
{
    /// <summary>Whether there is an error among the problems.</summary>
    public bool HasErrors
    {
        get
        {
            foreach (var diagnostic in Diagnostics)
            {
                if (diagnostic.IsError) return true;
            }

            return false;
        }
    }

    /// <summary>The document, when it was read without errors.</summary>
    /// <exception cref="AslFormatException">There is an error; the exception names the first and holds them all.</exception>
    public StateMachine GetDocument() => HasErrors || Document is null ? throw new AslFormatException(Diagnostics) : Document;
}
