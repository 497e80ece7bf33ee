using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.History;

/// <summary>The subject of a StateExited event that set variables.</summary>
internal sealed record ExitDetails(StateNode State, JsonObject Assigned);
