using Orkestra.Asl.Reading;

namespace Orkestra.Asl;

/// <summary>
/// Reads documents of the Amazon States Language. It does not stop at the first problem: wrong types, duplicate and unknown fields are all reported with
/// their position, up to 1,000 of them, and what cannot be understood is kept in <see cref="AslElement.Extensions"/>. Whether the document makes sense is for
/// <c>Orkestra.Validation</c> to say.
/// </summary>
public static class AslReader
{
    /// <summary>How deep the JSON of a document may nest: 1,000 levels.</summary>
    public const int MaxDepth = 1000;

    /// <summary>
    /// How many bytes of UTF-8 a document may have: 1,048,576
    /// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html). A longer text is refused before it is read.
    /// </summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>Reads a document.</summary>
    /// <param name="json">The text of the document.</param>
    public static AslReadResult Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(AslSource.Parse(json));
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8Json">The text of the document as UTF-8, with or without a byte order mark.</param>
    public static AslReadResult Read(ReadOnlySpan<byte> utf8Json) => Read(AslSource.Parse(utf8Json));

    /// <summary>Reads a document that is expected to be without errors.</summary>
    /// <param name="json">The text of the document.</param>
    /// <exception cref="AslFormatException">There is an error; the exception names the first and holds them all.</exception>
    public static StateMachine Parse(string json) => Read(json).GetDocument();

    /// <summary>Reads a single state, as TestState takes it.</summary>
    /// <param name="json">The text of the state.</param>
    /// <returns>The state, null when the text is not JSON; and all problems.</returns>
    public static (State? State, EquatableList<Diagnostic> Diagnostics) ReadState(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var source = AslSource.Parse(json);
        return (source.ReadState(), source.Diagnostics());
    }

    static AslReadResult Read(AslSource source) => new(source.ReadDocument(), source.Diagnostics());
}
