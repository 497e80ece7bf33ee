using Orkestra.Asl;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Services;

/// <summary>States written in the Amazon States Language as a part of a typed flow, for what has no form in C# here.</summary>
public static class RawStates
{
    /// <summary>
    /// A state, or a document with several, as a flow. What it takes and gives is for its author to say. A single state loses its <c>Next</c> and <c>End</c>; several states become the only
    /// branch of a Parallel state. As in any document, states are in JSONPath unless they, or their document, name JSONata.
    /// </summary>
    /// <typeparam name="TIn">The payload it takes.</typeparam>
    /// <typeparam name="TOut">The payload it gives.</typeparam>
    /// <param name="asl">The JSON of a state (<c>{ "Type": "Task", … }</c>) or of a document (<c>{ "StartAt": …, "States": … }</c>).</param>
    /// <param name="name">The state's name, or a name for the states together.</param>
    /// <exception cref="WorkflowException">The text is not a state or a document; the message says where.</exception>
    public static Flow<TIn, TOut> AsFlow<TIn, TOut>(string asl, string name)
    {
        ArgumentNullException.ThrowIfNull(asl);
        ArgumentException.ThrowIfNullOrEmpty(name);
        JsonValue value;
        try
        {
            value = JsonValue.Parse(asl);
        }
        catch (JsonFormatException problem)
        {
            throw new WorkflowException($"The states of '{name}' are not JSON: {problem.Message}", problem);
        }

        if (value is not JsonObject members) throw new WorkflowException($"The states of '{name}' are not an object.");
        var isDocument = members["StartAt"] is not null;
        if (!isDocument) members = JsonObject.Create(("StartAt", name), ("States", JsonObject.Create((name, Ended(members)))));
        var result = AslReader.Read(members.ToJson());
        if (result.HasErrors) throw new WorkflowException($"The states of '{name}' are not valid: {string.Join("; ", result.Diagnostics.Where(problem => problem.IsError))}.");
        var document = result.GetDocument();
        return new(new DocumentFlowNode(name, document, () => document));
    }

    // Where the flow goes on is for the flow to say.
    static JsonObject Ended(JsonObject state) => JsonObject.Create(state.Where(member => member.Key is not ("Next" or "End"))).With("End", true);
}
