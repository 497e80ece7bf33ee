using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>A part of a document that is a JSON object.</summary>
public abstract record AslElement
{
    private protected AslElement()
    {
    }

    /// <summary>
    /// Fields the language does not know at this place, and fields whose value does not have the type the language asks for. The reader reports
    /// them and keeps them here, so that writing the document gives them back.
    /// </summary>
    public JsonObject Extensions { get; init; } = JsonObject.Empty;
}
