using Orkestra.Asl.Writing;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>
/// Writes documents. The order of fields is always the same (<c>Type</c> and <c>Comment</c> first, <c>Next</c> and <c>End</c> last), states and members of
/// payloads keep theirs. Reading what was written gives an equal document.
/// </summary>
public static class AslWriter
{
    /// <summary>A document as JSON text.</summary>
    /// <param name="document">The document.</param>
    /// <param name="indented">Whether to indent by two spaces a level, as by default, or to write one line.</param>
    public static string Write(StateMachine document, bool indented = true)
    {
        var json = ToJson(document);
        return indented ? json.ToIndentedJson() : json.ToJson();
    }

    /// <summary>A document as a JSON value.</summary>
    public static JsonObject ToJson(StateMachine document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return GraphWriter.StateMachine(document);
    }

    /// <summary>A single state as a JSON value.</summary>
    public static JsonValue ToJson(State state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return StateWriter.Write(state);
    }
}
