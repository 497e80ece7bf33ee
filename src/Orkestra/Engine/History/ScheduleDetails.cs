using Orkestra.Engine.Commands;
using Orkestra.Engine.Nodes;

namespace Orkestra.Engine.History;

/// <summary>The subject of a Scheduled event whose timeouts or credentials are not the usual none.</summary>
/// <param name="Task">The state.</param>
/// <param name="Limits">The timeouts and credentials.</param>
internal sealed record ScheduleDetails(TaskNode Task, TaskLimits Limits);
