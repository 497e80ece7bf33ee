using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>The field <c>Assign</c>: every variable is evaluated with the values from before the state.</summary>
internal sealed class AssignTemplate(Template variables)
{
    internal JsonObject Evaluate(Evaluation at) => (JsonObject)variables.Evaluate(at);
}
